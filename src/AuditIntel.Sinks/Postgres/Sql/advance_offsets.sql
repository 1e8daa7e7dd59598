-- Last statement of a batch. The rows are locked and were compared (lock_offsets.sql); the condition stays as a second bolt:
-- fewer rows than partitions mean that somebody else moved one. $1 sink, $2 topics, $3 partitions, $4 expected, $5 next.
UPDATE sink_offsets o
SET next_offset = p.next_offset, updated_at = now()
FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[]) AS p (topic, partition, expected_offset, next_offset)
WHERE o.sink = $1 AND o.topic = p.topic AND o.partition = p.partition AND o.next_offset = p.expected_offset
