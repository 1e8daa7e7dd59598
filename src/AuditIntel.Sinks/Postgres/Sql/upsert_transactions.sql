-- For batches with rows that are there already. A row that is the same keeps its version (no new xmin), an earlier score does not replace a
-- later one, and the retraction of a sibling block of the same second does not mark the row that has taken the orphaned one's place, unless what
-- it retracts came in this very batch (anchored).
INSERT INTO transactions AS t (
  occurred_at, chain_id, block_number, nonce, gas_limit, gas_used, score, confidence, collected_at, scored_at, transaction_index,
  input_length, log_count, scorer, status, severity, type, removed, hash, block_hash, sender, receiver, created_contract, value, gas_price,
  selector, function_name, labels, parts
)
SELECT
  s.occurred_at, s.chain_id, s.block_number, s.nonce, s.gas_limit, s.gas_used, s.score, s.confidence, s.collected_at, s.scored_at,
  s.transaction_index, s.input_length, s.log_count, s.scorer, s.status, s.severity, s.type, s.removed, s.hash, s.block_hash, s.sender,
  s.receiver, s.created_contract, s.value, s.gas_price, s.selector, s.function_name, s.labels, s.parts
FROM pg_temp.staged_transactions s
WHERE NOT s.removed OR s.anchored OR NOT EXISTS (
  SELECT FROM transactions t WHERE t.hash = s.hash AND t.occurred_at = s.occurred_at AND t.chain_id = s.chain_id AND NOT t.removed AND t.block_hash <> s.block_hash
)
ON CONFLICT (hash, occurred_at, chain_id) DO UPDATE SET
  block_number = excluded.block_number,
  nonce = excluded.nonce,
  gas_limit = excluded.gas_limit,
  gas_used = excluded.gas_used,
  score = excluded.score,
  confidence = excluded.confidence,
  collected_at = excluded.collected_at,
  scored_at = excluded.scored_at,
  transaction_index = excluded.transaction_index,
  input_length = excluded.input_length,
  log_count = excluded.log_count,
  scorer = excluded.scorer,
  status = excluded.status,
  severity = excluded.severity,
  type = excluded.type,
  removed = excluded.removed,
  block_hash = excluded.block_hash,
  sender = excluded.sender,
  receiver = excluded.receiver,
  created_contract = excluded.created_contract,
  value = excluded.value,
  gas_price = excluded.gas_price,
  selector = excluded.selector,
  function_name = excluded.function_name,
  labels = excluded.labels,
  parts = excluded.parts
WHERE excluded.scored_at >= t.scored_at
  AND (
    t.block_number, t.nonce, t.gas_limit, t.gas_used, t.score, t.confidence, t.collected_at, t.scored_at, t.transaction_index,
    t.input_length, t.log_count, t.scorer, t.status, t.severity, t.type, t.removed, t.block_hash, t.sender, t.receiver, t.created_contract,
    t.value, t.gas_price, t.selector, t.function_name, t.labels, t.parts
  ) IS DISTINCT FROM (
    excluded.block_number, excluded.nonce, excluded.gas_limit, excluded.gas_used, excluded.score, excluded.confidence,
    excluded.collected_at, excluded.scored_at, excluded.transaction_index, excluded.input_length, excluded.log_count, excluded.scorer,
    excluded.status, excluded.severity, excluded.type, excluded.removed, excluded.block_hash, excluded.sender, excluded.receiver,
    excluded.created_contract, excluded.value, excluded.gas_price, excluded.selector, excluded.function_name, excluded.labels,
    excluded.parts
  )
