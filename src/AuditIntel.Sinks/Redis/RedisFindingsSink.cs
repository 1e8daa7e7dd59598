namespace AuditIntel.Sinks.Redis;

/// <summary>Keeps findings at hand in Redis: hash finding:{id}, set contest:{platform/contest} of its finding ids, and one set for each severity below it.</summary>
public sealed class RedisFindingsSink : RedisSink
{
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public RedisFindingsSink(RedisFindingsSinkOptions options, TimeProvider? clock = null)
        : base(options, (registry, _) => new FindingsCache(registry, options.TimeToLive), clock)
    {
    }
}
