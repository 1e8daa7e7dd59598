-- As upsert_trends.sql.
WITH gone AS (
  DELETE FROM emerging_threats t USING pg_temp.staged_threats s
  WHERE s.gone AND t.type = s.type AND t.window_days = s.window_days AND t.window_start = s.window_start
)
INSERT INTO emerging_threats AS t (
  type, name, kind, window_days, window_start, window_end, count, previous_count, growth, adjusted_p_value, platforms,
  worst_severity, risk, recommendation
)
SELECT
  s.type, s.name, s.kind, s.window_days, s.window_start, s.window_end, s.count, s.previous_count, s.growth, s.adjusted_p_value,
  s.platforms, s.worst_severity, s.risk, s.recommendation
FROM pg_temp.staged_threats s
WHERE NOT s.gone
ON CONFLICT (type, window_days, window_start) DO UPDATE SET
  name = excluded.name,
  kind = excluded.kind,
  window_end = excluded.window_end,
  count = excluded.count,
  previous_count = excluded.previous_count,
  growth = excluded.growth,
  adjusted_p_value = excluded.adjusted_p_value,
  platforms = excluded.platforms,
  worst_severity = excluded.worst_severity,
  risk = excluded.risk,
  recommendation = excluded.recommendation
WHERE (
  t.name, t.kind, t.window_end, t.count, t.previous_count, t.growth, t.adjusted_p_value, t.platforms, t.worst_severity, t.risk,
  t.recommendation
) IS DISTINCT FROM (
  excluded.name, excluded.kind, excluded.window_end, excluded.count, excluded.previous_count, excluded.growth,
  excluded.adjusted_p_value, excluded.platforms, excluded.worst_severity, excluded.risk, excluded.recommendation
)
