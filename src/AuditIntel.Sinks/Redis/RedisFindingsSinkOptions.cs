namespace AuditIntel.Sinks.Redis;

/// <summary>How a <see cref="RedisFindingsSink"/> reads and writes.</summary>
public sealed record RedisFindingsSinkOptions : RedisSinkOptions
{
    /// <summary>Group auditintel-redis-findings.</summary>
    public RedisFindingsSinkOptions()
        : base("auditintel-redis-findings")
    {
    }

    /// <summary>Life of a finding's key after it was written; null keeps it.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate().Concat(LifeFaults("TimeToLive", TimeToLive));
}
