namespace AuditIntel.Sinks.Postgres;

/// <summary>What a batch covers of a partition: the offsets from <see cref="Expected"/> up to, not including, <see cref="Next"/>.</summary>
internal sealed class PartitionSpan(string topic, int partition, long expected)
{
    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>Stored offset that the batch builds on: the fence.</summary>
    public long Expected { get; } = expected;

    public long Next { get; set; } = expected;
}
