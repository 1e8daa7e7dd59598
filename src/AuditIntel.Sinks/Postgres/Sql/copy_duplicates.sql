COPY pg_temp.staged_duplicates (
  id, canonical_id, content_hash, platform, contest, native_id, url, authors, severity_label, title, method, similarity, reasons, source_path,
  published_at, collected_at
) FROM STDIN (FORMAT BINARY)
