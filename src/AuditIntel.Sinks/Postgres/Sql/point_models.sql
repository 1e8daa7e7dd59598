-- Points the models at their newest versions. $1 ids.
INSERT INTO models AS m (id, version, created_at)
SELECT DISTINCT ON (v.model_id) v.model_id, v.version, v.created_at
FROM model_versions v
WHERE v.model_id = ANY ($1)
ORDER BY v.model_id, v.created_at DESC, v.version DESC
ON CONFLICT (id) DO UPDATE SET version = excluded.version, created_at = excluded.created_at
WHERE m.version <> excluded.version
