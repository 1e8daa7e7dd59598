-- An id lives in findings or in finding_duplicates: the verdict collected later wins, on a tie the finding.
-- A row whose content is the same keeps its version (no new xmin); collected_at stays the first.
WITH no_longer_duplicate AS (
  DELETE FROM finding_duplicates d
  USING pg_temp.staged_findings s
  WHERE d.id = s.id AND d.changed_at <= s.collected_at
)
INSERT INTO findings AS f (
  id, content_hash, platform, contest, native_id, url, authors, severity, severity_label, title, body, vulnerability_type, type_confidence,
  swc, cwe, contest_name, contest_category, prize_pool_usd, source_path, published_at, collected_at, changed_at, reading
)
SELECT
  s.id, s.content_hash, s.platform, s.contest, s.native_id, s.url, s.authors, s.severity::severity, s.severity_label, s.title, s.body,
  s.vulnerability_type, s.type_confidence, s.swc, s.cwe, s.contest_name, s.contest_category, s.prize_pool_usd, s.source_path,
  s.published_at, s.collected_at, s.collected_at, s.reading::jsonb
FROM pg_temp.staged_findings s
WHERE NOT EXISTS (SELECT FROM finding_duplicates d WHERE d.id = s.id AND d.changed_at > s.collected_at)
ON CONFLICT (id) DO UPDATE SET
  content_hash = excluded.content_hash,
  platform = excluded.platform,
  contest = excluded.contest,
  native_id = excluded.native_id,
  url = excluded.url,
  authors = excluded.authors,
  severity = excluded.severity,
  severity_label = excluded.severity_label,
  title = excluded.title,
  body = excluded.body,
  vulnerability_type = excluded.vulnerability_type,
  type_confidence = excluded.type_confidence,
  swc = excluded.swc,
  cwe = excluded.cwe,
  contest_name = excluded.contest_name,
  contest_category = excluded.contest_category,
  prize_pool_usd = excluded.prize_pool_usd,
  source_path = excluded.source_path,
  published_at = excluded.published_at,
  reading = excluded.reading,
  changed_at = excluded.changed_at
WHERE excluded.changed_at >= f.changed_at
  AND (f.content_hash, f.platform, f.contest, f.native_id, f.url, f.authors, f.severity, f.severity_label, f.vulnerability_type,
      f.type_confidence, f.swc, f.cwe, f.contest_name, f.contest_category, f.prize_pool_usd, f.source_path, f.published_at, f.reading, f.title, f.body)
    IS DISTINCT FROM
    (excluded.content_hash, excluded.platform, excluded.contest, excluded.native_id, excluded.url, excluded.authors, excluded.severity,
      excluded.severity_label, excluded.vulnerability_type, excluded.type_confidence, excluded.swc, excluded.cwe, excluded.contest_name,
      excluded.contest_category, excluded.prize_pool_usd, excluded.source_path, excluded.published_at, excluded.reading, excluded.title, excluded.body)
