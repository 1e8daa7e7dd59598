-- Risk of an address from its recent anomalies. KEYS[1] the summary that is asked for, KEYS[2] the anomalies by transaction hash, each as
-- "detected block-time score severity removed". Sending an anomaly again changes nothing; an earlier word does not replace a later one.
-- ARGV: 1 hash, 2 detected (ms), 3 block time (ms), 4 score, 5 severity, 6 removed (0, 1), 7 labels, 8 half-life (ms), 9 life (s, 0 for ever).
local most = 64
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known and tonumber(string.match(known, '^%S+')) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[1], table.concat({ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]}, ' '))

local entries, newest, oldest, flat = {}, nil, nil, redis.call('HGETALL', KEYS[2])
for i = 1, #flat, 2 do
  local _, at, score, severity, removed = string.match(flat[i + 1], '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  local entry = {hash = flat[i], at = tonumber(at), score = tonumber(score), severity = severity, removed = removed == '1'}
  entries[#entries + 1] = entry
  if not oldest or entry.at < oldest.at or (entry.at == oldest.at and entry.hash < oldest.hash) then oldest = entry end
end
if #entries > most then
  redis.call('HDEL', KEYS[2], oldest.hash)
else
  oldest = nil
end

local count, highest = 0, 0
for _, entry in ipairs(entries) do
  if entry ~= oldest and not entry.removed then
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
    if entry ~= oldest and not entry.removed then
      innocent = innocent * (1 - entry.score * 0.5 ^ ((newest.at - entry.at) / tonumber(ARGV[8])))
    end
  end
  redis.call('HSET', KEYS[1], 'highest', tostring(highest), 'recent', tostring(1 - innocent), 'severity', newest.severity, 'count', count,
    'at', string.format('%.0f', newest.at), 'transaction', newest.hash)
  if newest.hash == ARGV[1] then redis.call('HSET', KEYS[1], 'labels', ARGV[7]) end
end
if ARGV[9] ~= '0' then
  redis.call('EXPIRE', KEYS[1], ARGV[9])
  redis.call('EXPIRE', KEYS[2], ARGV[9])
end
return count
