COPY pg_temp.staged_similar (
  id, other_id, similarity, cross_platform, reasons, withdrawn, changed_at
) FROM STDIN (FORMAT BINARY)
