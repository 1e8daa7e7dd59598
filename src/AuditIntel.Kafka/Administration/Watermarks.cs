using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>
/// First and last offsets of partitions, by ListOffsets with its two special timestamps (-2 earliest, -1 latest). Not by
/// rd_kafka_query_watermark_offsets: that asks for one partition at a time, and does not keep its timeout when the broker goes away.
/// </summary>
internal static class Watermarks
{
    private static readonly Timestamp Earliest = new(-2, TimestampType.CreateTime);
    private static readonly Timestamp Latest = new(-1, TimestampType.CreateTime);

    /// <exception cref="KafkaFailureException">A partition is not known, or its broker did not answer in time.</exception>
    public static IReadOnlyList<OffsetRange> Query(IConsumer<byte[], byte[]> consumer, IReadOnlyList<PartitionId> partitions, TimeSpan timeout)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        Dictionary<PartitionId, long> begins = Ask(consumer, partitions, Earliest, timeout);
        Dictionary<PartitionId, long> ends = Ask(consumer, partitions, Latest, timeout);
        return [.. partitions.Select(id => new OffsetRange(id, begins[id], ends[id]))];
    }

    private static Dictionary<PartitionId, long> Ask(
        IConsumer<byte[], byte[]> consumer, IReadOnlyList<PartitionId> partitions, Timestamp when, TimeSpan timeout)
    {
        List<TopicPartitionOffset> answers;
        try
        {
            answers = consumer.OffsetsForTimes(partitions.Select(id => new TopicPartitionTimestamp(new TopicPartition(id.Topic, id.Partition), when)), timeout);
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"The offsets of {partitions[0]} cannot be read: {e.Error.Reason}", e);
        }

        var offsets = new Dictionary<PartitionId, long>(answers.Count);
        foreach (TopicPartitionOffset answer in answers)
        {
            var id = new PartitionId(answer.Topic, answer.Partition.Value);
            if (answer.Offset.Value < 0)
            {
                // What nobody answered comes back as it was sent.
                throw new KafkaFailureException($"The offsets of {id} cannot be read: no answer within {timeout.TotalSeconds:0.#} s.", NativeMethods.TimedOut);
            }

            offsets[id] = answer.Offset.Value;
        }

        return offsets;
    }
}
