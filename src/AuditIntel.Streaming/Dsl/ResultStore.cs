namespace AuditIntel.Streaming;

/// <summary>What the user wants of an aggregation's store and node.</summary>
/// <param name="Materialized">As given.</param>
/// <param name="UsualSerde">Serde of results where none is given.</param>
/// <param name="Name">Name of the node; null for a numbered one.</param>
/// <param name="Prefix">Begin of numbered names.</param>
internal sealed record ResultStore<TKey, TResult>(Materialized<TKey, TResult>? Materialized, ISerde<TResult>? UsualSerde, string? Name, string Prefix)
{
    /// <exception cref="StreamsException">The wanted retention is shorter than windows may change.</exception>
    public long RetentionMs(long needed, string store)
    {
        if (Materialized?.Retention is not { } retention)
        {
            return needed;
        }

        long wanted = Durations.PositiveMs(retention, nameof(retention));
        return wanted >= needed
            ? wanted
            : throw new StreamsException($"The retention of store '{store}', {wanted} ms, is shorter than its windows may change: {needed} ms.");
    }
}
