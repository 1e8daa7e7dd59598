-- A topic that was deleted and made anew ends before the stored offset: the sink starts over at its beginning (ids are deterministic, rows
-- stay what they are). Only from the value that was read. $1 sink, $2 topic, $3 partition, $4 stored, $5 begin.
UPDATE sink_offsets SET next_offset = $5, updated_at = now()
WHERE sink = $1 AND topic = $2 AND partition = $3 AND next_offset = $4
