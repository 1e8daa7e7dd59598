namespace AuditIntel.Streaming;

/// <summary>How a stream is joined with a table. Serdes are needed only where the stream has to be repartitioned first.</summary>
public sealed record Joined<TKey, TValue>
{
    public ISerde<TKey>? Key { get; init; }

    public ISerde<TValue>? Value { get; init; }

    /// <summary>Name of the join, and of the repartition topic before <c>-repartition</c> if there is one; null for numbered ones.</summary>
    public string? Name { get; init; }
}
