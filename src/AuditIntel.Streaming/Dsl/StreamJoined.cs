namespace AuditIntel.Streaming;

/// <summary>How two streams are joined. Serdes that are not given are those of the streams, or of ordinary types.</summary>
public sealed record StreamJoined<TKey, TValue, TOther>
{
    public ISerde<TKey>? Key { get; init; }

    public ISerde<TValue>? Value { get; init; }

    public ISerde<TOther>? Other { get; init; }

    /// <summary>Name of the join's nodes and repartition topics; null for numbered ones.</summary>
    public string? Name { get; init; }

    /// <summary>Name of the join's stores; null for the names of its nodes.</summary>
    public string? StoreName { get; init; }

    public bool IsLoggingEnabled { get; init; } = true;
}
