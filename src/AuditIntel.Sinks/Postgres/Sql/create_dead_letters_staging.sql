-- Session-private landing place of the binary COPY, for every sink; nothing is compressed here.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_dead_letters (
  id text COLLATE "C", stage text COLLATE "C", error_class text COLLATE "C", error_message text, platform text COLLATE "C", source_path text, origin_topic text COLLATE "C", origin_partition integer,
  origin_offset bigint, key bytea, payload bytea, payload_length bigint, failed_at timestamptz
) WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
ALTER TABLE pg_temp.staged_dead_letters ALTER COLUMN payload SET STORAGE EXTERNAL;
