COPY pg_temp.staged_alerts (
  id, rule_id, severity, title, summary, deduplication_key, chain_id, address, transaction_hash, block_number, value, anomaly_id, score,
  confidence, reasons, labels, channels, resolved, occurred_at, collected_at, told_at, changed_at
) FROM STDIN (FORMAT BINARY)
