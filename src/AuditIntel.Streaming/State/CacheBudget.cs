namespace AuditIntel.Streaming.State;

/// <summary>How much the caches of one thread may hold together. Owned by that thread.</summary>
internal sealed class CacheBudget(long maxBytes)
{
    /// <summary>Nothing is cached.</summary>
    public static CacheBudget Disabled => new(0);

    public bool IsEnabled => maxBytes > 0;

    /// <summary>Estimated bytes of the changes that wait.</summary>
    public long UsedBytes { get; set; }

    public bool IsExceeded => UsedBytes > maxBytes;
}
