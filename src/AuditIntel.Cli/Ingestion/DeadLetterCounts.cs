using AuditIntel.Avro;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Ingestion;

/// <summary>Dead letters behind given places of their topics, by error class.</summary>
internal static class DeadLetterCounts
{
    /// <param name="stack">Where the topics are.</param>
    /// <param name="begin">Ends of the partitions before the run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Dictionary<string, long>> ReadAsync(Stack stack, IReadOnlyList<OffsetRange> begin, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        var deserializer = new ConfluentAvroDeserializer<DeadLetter>(registry);
        foreach (IGrouping<string, OffsetRange> topic in begin.GroupBy(range => range.Partition.Topic))
        {
            await NewestRecords.ReadAsync(
                stack.Kafka,
                topic.Key,
                topic.ToDictionary(range => range.Partition.Partition, range => range.End),
                record =>
                {
                    string errorClass = deserializer.Deserialize(record.Value).ErrorClass;
                    counts[errorClass] = counts.GetValueOrDefault(errorClass) + 1;
                },
                onWarning: null,
                cancellationToken);
        }

        return counts;
    }
}
