CREATE TABLE IF NOT EXISTS schema_migrations (
  version     integer PRIMARY KEY CHECK (version > 0),
  name        text NOT NULL,
  checksum    text NOT NULL CHECK (octet_length(checksum) = 64),
  applied_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migrations IS 'Which migrations of AuditIntel.Streams this database has; checksum is SHA-256 of the file.';
