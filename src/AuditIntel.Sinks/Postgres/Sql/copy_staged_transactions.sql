COPY pg_temp.staged_transactions (
  occurred_at, chain_id, block_number, nonce, gas_limit, gas_used, score, confidence, collected_at, scored_at, transaction_index, input_length, log_count,
  scorer, status, severity, type, removed, hash, block_hash, sender, receiver, created_contract, value, gas_price, selector, function_name, labels, parts,
  anchored
) FROM STDIN (FORMAT BINARY)
