COPY pg_temp.staged_model_versions (
  model_id, version, kind, format, features, metrics, parameters, seed, trained_on, trained_rows, trained_from, trained_until, sha256,
  artifact, created_at
) FROM STDIN (FORMAT BINARY)
