COPY pg_temp.staged_trends (
  dimension, value, window_days, window_start, window_end, count, previous_count, direction, p_value, adjusted_p_value, critical, high, medium, low, risk, rank,
  recommendation, training_need, gone
) FROM STDIN (FORMAT BINARY)
