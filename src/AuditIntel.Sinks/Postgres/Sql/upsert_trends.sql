-- The last record of a key stands: a window's records lie in one partition, in their order. A batch has each key once.
WITH gone AS (
  DELETE FROM finding_trends t USING pg_temp.staged_trends s
  WHERE s.gone AND t.dimension = s.dimension AND t.value = s.value AND t.window_days = s.window_days AND t.window_start = s.window_start
)
INSERT INTO finding_trends AS t (
  dimension, value, window_days, window_start, window_end, count, previous_count, direction, p_value, adjusted_p_value, critical,
  high, medium, low, risk, rank, recommendation, training_need
)
SELECT
  s.dimension, s.value, s.window_days, s.window_start, s.window_end, s.count, s.previous_count, s.direction, s.p_value,
  s.adjusted_p_value, s.critical, s.high, s.medium, s.low, s.risk, s.rank, s.recommendation, s.training_need
FROM pg_temp.staged_trends s
WHERE NOT s.gone
ON CONFLICT (dimension, value, window_days, window_start) DO UPDATE SET
  window_end = excluded.window_end,
  count = excluded.count,
  previous_count = excluded.previous_count,
  direction = excluded.direction,
  p_value = excluded.p_value,
  adjusted_p_value = excluded.adjusted_p_value,
  critical = excluded.critical,
  high = excluded.high,
  medium = excluded.medium,
  low = excluded.low,
  risk = excluded.risk,
  rank = excluded.rank,
  recommendation = excluded.recommendation,
  training_need = excluded.training_need
WHERE (
  t.window_end, t.count, t.previous_count, t.direction, t.p_value, t.adjusted_p_value, t.critical, t.high, t.medium, t.low,
  t.risk, t.rank, t.recommendation, t.training_need
) IS DISTINCT FROM (
  excluded.window_end, excluded.count, excluded.previous_count, excluded.direction, excluded.p_value, excluded.adjusted_p_value,
  excluded.critical, excluded.high, excluded.medium, excluded.low, excluded.risk, excluded.rank, excluded.recommendation,
  excluded.training_need
)
