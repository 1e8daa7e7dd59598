namespace AuditIntel.Streaming;

/// <summary>How a table's store is kept.</summary>
public sealed record Materialized<TKey, TValue>
{
    /// <summary>Name of the store, for queries and for a stable changelog topic; null for a numbered one.</summary>
    public string? StoreName { get; init; }

    /// <summary>Serde of keys in the changelog; null for that of the stream.</summary>
    public ISerde<TKey>? Key { get; init; }

    /// <summary>Serde of values in the changelog; null for that of the stream.</summary>
    public ISerde<TValue>? Value { get; init; }

    /// <summary>Whether results wait for a commit (<see cref="StreamsOptions.CacheMaxBytes"/> bounds them) and go downstream once a key.</summary>
    public bool IsCachingEnabled { get; init; } = true;

    /// <summary>Whether changes go to a changelog topic. Without, a restart begins with an empty store.</summary>
    public bool IsLoggingEnabled { get; init; } = true;

    /// <summary>How long windows are kept behind the newest; null for as long as they may change.</summary>
    public TimeSpan? Retention { get; init; }

    public Materialized<TKey, TValue> WithCachingEnabled() => this with { IsCachingEnabled = true };

    public Materialized<TKey, TValue> WithCachingDisabled() => this with { IsCachingEnabled = false };

    public Materialized<TKey, TValue> WithLoggingDisabled() => this with { IsLoggingEnabled = false };

    public Materialized<TKey, TValue> WithRetention(TimeSpan retention) => this with { Retention = retention };
}
