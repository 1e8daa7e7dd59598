namespace AuditIntel.Sinks.Redis;

/// <summary>What a <see cref="RedisSink"/> has done since it was created. Written by the sink, read by anybody at any time.</summary>
public sealed class RedisSinkCounters
{
    private long _written;
    private long _skipped;
    private long _unreadable;

    /// <summary>Records written to Redis.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Records left out because Redis was not to be had.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Records that cannot be used; the PostgreSQL sink keeps them as dead letters.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    internal void Add(int records, bool written)
    {
        if (written)
        {
            Interlocked.Add(ref _written, records);
        }
        else
        {
            Interlocked.Add(ref _skipped, records);
        }
    }

    internal void AddUnreadable() => Interlocked.Increment(ref _unreadable);
}
