COPY pg_temp.staged_findings (
  id, content_hash, platform, contest, native_id, url, authors, severity, severity_label, title, body, vulnerability_type, type_confidence,
  swc, cwe, contest_name, contest_category, prize_pool_usd, source_path, published_at, collected_at, reading
) FROM STDIN (FORMAT BINARY)
