namespace AuditIntel.Sinks.Redis;

/// <summary>What a <see cref="RedisFindingsSink"/> has done since it was created. Written by the sink, read by anybody at any time.</summary>
public sealed class RedisSinkCounters
{
    private long _written;
    private long _skipped;
    private long _unreadable;

    /// <summary>Findings written to Redis.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Findings left out because Redis was not to be had.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Records that are no finding; the PostgreSQL sink keeps them as dead letters.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    internal void Add(int findings, bool written)
    {
        if (written)
        {
            Interlocked.Add(ref _written, findings);
        }
        else
        {
            Interlocked.Add(ref _skipped, findings);
        }
    }

    internal void AddUnreadable() => Interlocked.Increment(ref _unreadable);
}
