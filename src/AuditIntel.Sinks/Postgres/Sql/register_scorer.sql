-- $1 model id, $2 version, $3 detectors.
WITH made AS (
  INSERT INTO scorers (model_id, model_version, detectors) VALUES ($1, $2, $3)
  ON CONFLICT (model_id, model_version, detectors) DO NOTHING
  RETURNING id
)
SELECT id FROM made
UNION ALL
SELECT id FROM scorers WHERE model_id = $1 AND model_version = $2 AND detectors = $3
LIMIT 1
