COPY pg_temp.staged_threats (
  type, name, kind, window_days, window_start, window_end, count, previous_count, growth, adjusted_p_value, platforms, worst_severity, risk,
  recommendation, gone
) FROM STDIN (FORMAT BINARY)
