-- The fence, first statement of a batch: locks its partitions (always in the same order, so that two sinks cannot deadlock) and shows
-- where they stand. $1 sink, $2 topics, $3 partitions.
SELECT o.topic, o.partition, o.next_offset
FROM sink_offsets o
JOIN unnest($2::text[], $3::integer[]) AS p (topic, partition) ON o.topic = p.topic AND o.partition = p.partition
WHERE o.sink = $1
ORDER BY o.topic, o.partition
FOR UPDATE OF o
