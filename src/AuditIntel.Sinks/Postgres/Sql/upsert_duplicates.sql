-- The mirror of upsert_findings.sql: a finding that a later verdict calls a duplicate moves here.
WITH no_longer_finding AS (
  DELETE FROM findings f
  USING pg_temp.staged_duplicates s
  WHERE f.id = s.id AND f.changed_at < s.collected_at
)
INSERT INTO finding_duplicates AS d (
  id, canonical_id, content_hash, platform, contest, native_id, url, authors, severity_label, title, method, similarity, reasons, source_path,
  published_at, collected_at, changed_at
)
SELECT
  s.id, s.canonical_id, s.content_hash, s.platform, s.contest, s.native_id, s.url, s.authors, s.severity_label, s.title, s.method,
  s.similarity, s.reasons, s.source_path, s.published_at, s.collected_at, s.collected_at
FROM pg_temp.staged_duplicates s
WHERE NOT EXISTS (SELECT FROM findings f WHERE f.id = s.id AND f.changed_at >= s.collected_at)
ON CONFLICT (id) DO UPDATE SET
  canonical_id = excluded.canonical_id,
  content_hash = excluded.content_hash,
  platform = excluded.platform,
  contest = excluded.contest,
  native_id = excluded.native_id,
  url = excluded.url,
  authors = excluded.authors,
  severity_label = excluded.severity_label,
  title = excluded.title,
  method = excluded.method,
  similarity = excluded.similarity,
  reasons = excluded.reasons,
  source_path = excluded.source_path,
  published_at = excluded.published_at,
  changed_at = excluded.changed_at
WHERE excluded.changed_at >= d.changed_at
  AND (d.canonical_id, d.content_hash, d.platform, d.contest, d.native_id, d.url, d.authors, d.severity_label, d.title, d.method,
      d.similarity, d.reasons, d.source_path, d.published_at)
    IS DISTINCT FROM
    (excluded.canonical_id, excluded.content_hash, excluded.platform, excluded.contest, excluded.native_id, excluded.url, excluded.authors,
      excluded.severity_label, excluded.title, excluded.method, excluded.similarity, excluded.reasons, excluded.source_path,
      excluded.published_at)
