namespace AuditIntel.Streaming;

/// <summary>How a sink topic is written.</summary>
public sealed record Produced<TKey, TValue>(ISerde<TKey> Key, ISerde<TValue> Value)
{
    /// <summary>Name of the sink in the topology; null for a numbered one.</summary>
    public string? Name { get; init; }

    /// <summary>Chooses the partition of a record, which must exist in the topic; null for the key's hash, as Kafka's own clients.</summary>
    public Func<TKey?, TValue?, int>? Partitioner { get; init; }
}
