COPY pg_temp.staged_dead_letters (
  id, stage, error_class, error_message, platform, source_path, origin_topic, origin_partition, origin_offset, key, payload, payload_length,
  failed_at
) FROM STDIN (FORMAT BINARY)
