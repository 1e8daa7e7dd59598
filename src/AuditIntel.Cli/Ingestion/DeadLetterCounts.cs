using System.Diagnostics;
using AuditIntel.Avro;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Ingestion;

/// <summary>Dead letters of a range of their topic, by error class.</summary>
internal static class DeadLetterCounts
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <param name="stack">Where the topic is.</param>
    /// <param name="begin">Ends of the partitions before the run.</param>
    /// <param name="end">Ends after it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Dictionary<string, long> Read(Stack stack, IReadOnlyList<OffsetRange> begin, IReadOnlyList<OffsetRange> end, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        Dictionary<PartitionId, long> starts = begin.ToDictionary(range => range.Partition, range => range.End);
        Dictionary<PartitionId, long> wanted = end.Where(range => range.End > starts.GetValueOrDefault(range.Partition, range.Begin))
            .ToDictionary(range => range.Partition, range => range.End);
        if (wanted.Count == 0)
        {
            return counts;
        }

        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        var deserializer = new ConfluentAvroDeserializer<DeadLetter>(registry);
        using BatchConsumer consumer = BatchConsumer.Create(stack.Kafka, new BatchConsumerOptions());
        consumer.Assign([.. wanted.Keys.Select(partition => new PartitionOffset(partition, starts.GetValueOrDefault(partition)))]);
        long started = Stopwatch.GetTimestamp();
        while (wanted.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(started) > Timeout)
            {
                throw new TimeoutException($"The dead letters could not be counted within {Timeout.TotalSeconds:0} s.");
            }

            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                ConsumedRecord record = batch[i];
                var partition = new PartitionId(record.Topic, record.Partition);
                if (wanted.TryGetValue(partition, out long last) && record.Offset < last)
                {
                    string errorClass = deserializer.Deserialize(record.Value).ErrorClass;
                    counts[errorClass] = counts.GetValueOrDefault(errorClass) + 1;
                    if (record.Offset + 1 == last)
                    {
                        wanted.Remove(partition);
                    }
                }
            }

            foreach (PartitionId partition in wanted.Keys.ToArray())
            {
                if (consumer.EndOffset(partition) >= wanted[partition])
                {
                    wanted.Remove(partition);
                }
            }
        }

        return counts;
    }
}
