namespace AuditIntel.Streaming;

/// <summary>How a stream is written to, and read again from, a topic of its own.</summary>
public sealed record Repartitioned<TKey, TValue>
{
    public ISerde<TKey>? Key { get; init; }

    public ISerde<TValue>? Value { get; init; }

    /// <summary>Name of the topic before <c>-repartition</c>; null for a numbered one.</summary>
    public string? Name { get; init; }

    /// <summary>Number of partitions; null for as many as the topics have that flow in.</summary>
    public int? Partitions { get; init; }

    /// <summary>Chooses the partition of a record; null for the key's hash.</summary>
    public Func<TKey?, TValue?, int>? Partitioner { get; init; }
}
