-- A version never changes: the first that came stands.
INSERT INTO model_versions (
  model_id, version, kind, format, features, metrics, parameters, seed, trained_on, trained_rows, trained_from, trained_until, sha256,
  artifact, created_at
)
SELECT
  s.model_id, s.version, s.kind, s.format, s.features, s.metrics, s.parameters, s.seed, s.trained_on, s.trained_rows, s.trained_from,
  s.trained_until, s.sha256, s.artifact, s.created_at
FROM pg_temp.staged_model_versions s
ON CONFLICT (model_id, version) DO NOTHING
