namespace AuditIntel.Streaming.State;

/// <summary>How much the caches of one thread may hold together. Owned by that thread; the bound may be changed by others.</summary>
internal sealed class CacheBudget(long maxBytes)
{
    private long _maxBytes = maxBytes;

    /// <summary>Nothing is cached.</summary>
    public static CacheBudget Disabled => new(0);

    public bool IsEnabled { get; } = maxBytes > 0;

    public long MaxBytes
    {
        get => Interlocked.Read(ref _maxBytes);
        set => Interlocked.Exchange(ref _maxBytes, value);
    }

    /// <summary>Estimated bytes of the changes that wait.</summary>
    public long UsedBytes { get; set; }

    public bool IsExceeded => UsedBytes > MaxBytes;
}
