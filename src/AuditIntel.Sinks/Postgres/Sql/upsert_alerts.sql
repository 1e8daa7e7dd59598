-- The newest telling stands; when it was told first is kept, whatever the order.
INSERT INTO alerts AS a (
  id, rule_id, severity, title, summary, deduplication_key, chain_id, address, transaction_hash, block_number, value, anomaly_id, score,
  confidence, reasons, labels, channels, resolved, occurred_at, collected_at, told_at, changed_at
)
SELECT
  s.id, s.rule_id, s.severity, s.title, s.summary, s.deduplication_key, s.chain_id, s.address, s.transaction_hash, s.block_number, s.value,
  s.anomaly_id, s.score, s.confidence, s.reasons, s.labels, s.channels, s.resolved, s.occurred_at, s.collected_at, s.told_at, s.changed_at
FROM pg_temp.staged_alerts s
ON CONFLICT (id) DO UPDATE SET
  rule_id = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.rule_id ELSE a.rule_id END,
  severity = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.severity ELSE a.severity END,
  title = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.title ELSE a.title END,
  summary = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.summary ELSE a.summary END,
  deduplication_key = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.deduplication_key ELSE a.deduplication_key END,
  chain_id = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.chain_id ELSE a.chain_id END,
  address = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.address ELSE a.address END,
  transaction_hash = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.transaction_hash ELSE a.transaction_hash END,
  block_number = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.block_number ELSE a.block_number END,
  value = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.value ELSE a.value END,
  anomaly_id = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.anomaly_id ELSE a.anomaly_id END,
  score = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.score ELSE a.score END,
  confidence = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.confidence ELSE a.confidence END,
  reasons = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.reasons ELSE a.reasons END,
  labels = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.labels ELSE a.labels END,
  channels = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.channels ELSE a.channels END,
  resolved = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.resolved ELSE a.resolved END,
  occurred_at = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.occurred_at ELSE a.occurred_at END,
  collected_at = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.collected_at ELSE a.collected_at END,
  changed_at = CASE WHEN excluded.changed_at >= a.changed_at THEN excluded.changed_at ELSE a.changed_at END,
  told_at = least(a.told_at, excluded.told_at)
WHERE excluded.told_at < a.told_at
  OR (excluded.changed_at >= a.changed_at AND (
    a.rule_id, a.severity, a.title, a.summary, a.deduplication_key, a.chain_id, a.address, a.transaction_hash, a.block_number, a.value,
    a.anomaly_id, a.score, a.confidence, a.reasons, a.labels, a.channels, a.resolved, a.occurred_at, a.collected_at, a.changed_at
  ) IS DISTINCT FROM (
    excluded.rule_id, excluded.severity, excluded.title, excluded.summary, excluded.deduplication_key, excluded.chain_id, excluded.address,
    excluded.transaction_hash, excluded.block_number, excluded.value, excluded.anomaly_id, excluded.score, excluded.confidence,
    excluded.reasons, excluded.labels, excluded.channels, excluded.resolved, excluded.occurred_at, excluded.collected_at,
    excluded.changed_at
  ))
