-- A partition that this sink meets for the first time starts at the given offset. $1 sink, $2 topics, $3 partitions, $4 offsets.
INSERT INTO sink_offsets (sink, topic, partition, next_offset)
SELECT $1, p.topic, p.partition, p.next_offset
FROM unnest($2::text[], $3::integer[], $4::bigint[]) AS p (topic, partition, next_offset)
ON CONFLICT (sink, topic, partition) DO NOTHING
