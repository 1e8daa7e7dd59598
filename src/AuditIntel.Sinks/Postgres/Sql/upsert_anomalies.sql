-- As upsert_transactions.sql.
INSERT INTO anomalies AS a (
  occurred_at, chain_id, block_number, score, confidence, collected_at, detected_at, severity, removed, id, kind, hash, address, block_hash,
  sender, receiver, value, model_id, model_version, labels, parts, reasons
)
SELECT
  s.occurred_at, s.chain_id, s.block_number, s.score, s.confidence, s.collected_at, s.detected_at, s.severity, s.removed, s.id, s.kind,
  s.hash, s.address, s.block_hash, s.sender, s.receiver, s.value, s.model_id, s.model_version, s.labels, s.parts, s.reasons
FROM pg_temp.staged_anomalies s
WHERE NOT s.removed OR s.anchored OR NOT EXISTS (
  SELECT FROM anomalies a WHERE a.hash = s.hash AND a.occurred_at = s.occurred_at AND a.chain_id = s.chain_id AND a.kind = s.kind AND NOT a.removed AND a.block_hash <> s.block_hash
)
ON CONFLICT (hash, occurred_at, chain_id, kind) DO UPDATE SET
  block_number = excluded.block_number,
  score = excluded.score,
  confidence = excluded.confidence,
  collected_at = excluded.collected_at,
  detected_at = excluded.detected_at,
  severity = excluded.severity,
  removed = excluded.removed,
  id = excluded.id,
  address = excluded.address,
  block_hash = excluded.block_hash,
  sender = excluded.sender,
  receiver = excluded.receiver,
  value = excluded.value,
  model_id = excluded.model_id,
  model_version = excluded.model_version,
  labels = excluded.labels,
  parts = excluded.parts,
  reasons = excluded.reasons
WHERE excluded.detected_at >= a.detected_at
  AND (
    a.block_number, a.score, a.confidence, a.collected_at, a.detected_at, a.severity, a.removed, a.id, a.address, a.block_hash, a.sender,
    a.receiver, a.value, a.model_id, a.model_version, a.labels, a.parts, a.reasons
  ) IS DISTINCT FROM (
    excluded.block_number, excluded.score, excluded.confidence, excluded.collected_at, excluded.detected_at, excluded.severity,
    excluded.removed, excluded.id, excluded.address, excluded.block_hash, excluded.sender, excluded.receiver, excluded.value,
    excluded.model_id, excluded.model_version, excluded.labels, excluded.parts, excluded.reasons
  )
