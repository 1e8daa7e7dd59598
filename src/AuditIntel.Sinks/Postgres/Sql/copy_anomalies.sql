COPY pg_temp.staged_anomalies (
  occurred_at, chain_id, block_number, score, confidence, collected_at, detected_at, severity, removed, id, kind, hash, address, block_hash,
  sender, receiver, value, model_id, model_version, labels, parts, reasons, anchored
) FROM STDIN (FORMAT BINARY)
