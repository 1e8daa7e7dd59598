-- A row whose content is the same keeps its version (no new xmin); collected_at stays the first.
INSERT INTO contests AS c (
  platform, contest, name, category, prize_pool_usd, auditors, high_findings, started_on, url, source_path, collected_at, changed_at
)
SELECT
  s.platform, s.contest, s.name, s.category, s.prize_pool_usd, s.auditors, s.high_findings, s.started_on, s.url, s.source_path,
  s.collected_at, s.collected_at
FROM pg_temp.staged_contests s
ORDER BY s.platform, s.contest
ON CONFLICT (platform, contest) DO UPDATE SET
  name = excluded.name,
  category = excluded.category,
  prize_pool_usd = excluded.prize_pool_usd,
  auditors = excluded.auditors,
  high_findings = excluded.high_findings,
  started_on = excluded.started_on,
  url = excluded.url,
  source_path = excluded.source_path,
  changed_at = excluded.changed_at
WHERE excluded.changed_at >= c.changed_at
  AND (c.name, c.category, c.prize_pool_usd, c.auditors, c.high_findings, c.started_on, c.url, c.source_path)
    IS DISTINCT FROM
    (excluded.name, excluded.category, excluded.prize_pool_usd, excluded.auditors, excluded.high_findings, excluded.started_on,
      excluded.url, excluded.source_path)
