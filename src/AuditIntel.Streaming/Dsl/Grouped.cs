namespace AuditIntel.Streaming;

/// <summary>How a stream or table is grouped. Serdes that are not given are those of the stream, or of ordinary types.</summary>
public sealed record Grouped<TKey, TValue>
{
    /// <summary>Serde of keys on their way through a repartition topic.</summary>
    public ISerde<TKey>? Key { get; init; }

    public ISerde<TValue>? Value { get; init; }

    /// <summary>Name of the repartition topic before <c>-repartition</c>; null for the aggregation's store. A name makes the topic stable.</summary>
    public string? Name { get; init; }
}
