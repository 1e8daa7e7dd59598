-- Risk of an address from its recent anomalies. KEYS[1] the summary that is asked for, KEYS[2] the anomalies by transaction hash, each as
-- "detected block-time score severity removed". Sending an anomaly again changes nothing; an earlier word does not replace a later one.
-- ARGV: 1 half-life (ms), 2 life (s, 0 for ever), then seven an anomaly: hash, detected (ms), block time (ms), score, severity, removed (0, 1), labels.
local most = 64
local labels, changed = {}, false
for i = 3, #ARGV, 7 do
  local known = redis.call('HGET', KEYS[2], ARGV[i])
  if not known or tonumber(string.match(known, '^%S+')) <= tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[2], ARGV[i], table.concat({ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]}, ' '))
    labels[ARGV[i]] = ARGV[i + 6]
    changed = true
  end
end
if not changed then
  return 0
end

local entries, flat = {}, redis.call('HGETALL', KEYS[2])
for i = 1, #flat, 2 do
  local _, at, score, severity, removed = string.match(flat[i + 1], '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  entries[#entries + 1] = {hash = flat[i], at = tonumber(at), score = tonumber(score), severity = severity, removed = removed == '1'}
end
if #entries > most then
  table.sort(entries, function(a, b) return a.at > b.at or (a.at == b.at and a.hash > b.hash) end)
  for i = #entries, most + 1, -1 do
    redis.call('HDEL', KEYS[2], entries[i].hash)
    entries[i] = nil
  end
end

local newest
local count, highest = 0, 0
for _, entry in ipairs(entries) do
  if not entry.removed then
    count = count + 1
    if entry.score > highest then highest = entry.score end
    if not newest or entry.at > newest.at or (entry.at == newest.at and entry.hash > newest.hash) then newest = entry end
  end
end

if count == 0 then
  redis.call('DEL', KEYS[1])
else
  -- The chance that not all of them are innocent, each counting less by its distance from the newest.
  local innocent = 1
  for _, entry in ipairs(entries) do
    if not entry.removed then
      innocent = innocent * (1 - entry.score * 0.5 ^ ((newest.at - entry.at) / tonumber(ARGV[1])))
    end
  end
  redis.call('HSET', KEYS[1], 'highest', tostring(highest), 'recent', tostring(1 - innocent), 'severity', newest.severity, 'count', count,
    'at', string.format('%.0f', newest.at), 'transaction', newest.hash)
  if labels[newest.hash] then redis.call('HSET', KEYS[1], 'labels', labels[newest.hash]) end
end
if ARGV[2] ~= '0' then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
end
return count
