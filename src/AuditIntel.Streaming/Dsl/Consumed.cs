namespace AuditIntel.Streaming;

/// <summary>How a source topic is read.</summary>
public sealed record Consumed<TKey, TValue>(ISerde<TKey> Key, ISerde<TValue> Value)
{
    /// <summary>Name of the source in the topology; null for a numbered one.</summary>
    public string? Name { get; init; }
}
