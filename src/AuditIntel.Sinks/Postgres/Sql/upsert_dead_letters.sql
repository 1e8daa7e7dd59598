-- The id covers origin and payload, so whoever comes second says the same of the same bytes: the first verdict stands.
INSERT INTO dead_letters (
  id, stage, error_class, error_message, platform, source_path, origin_topic, origin_partition, origin_offset, key, payload, payload_length,
  failed_at
)
SELECT
  s.id, s.stage, s.error_class, s.error_message, s.platform, s.source_path, s.origin_topic, s.origin_partition, s.origin_offset, s.key,
  s.payload, s.payload_length, s.failed_at
FROM pg_temp.staged_dead_letters s
ON CONFLICT (id) DO NOTHING
