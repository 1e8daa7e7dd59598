namespace AuditIntel.Sinks.Redis;

/// <summary>How a <see cref="RedisTransactionsSink"/> reads and writes.</summary>
public sealed record RedisTransactionsSinkOptions : RedisSinkOptions
{
    /// <summary>Group auditintel-redis-transactions.</summary>
    public RedisTransactionsSinkOptions()
        : base("auditintel-redis-transactions")
    {
    }

    /// <summary>Life of a transaction's score after it was written; null keeps it. A million scores take about 250 MB.</summary>
    public TimeSpan? ScoreTimeToLive { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Life of an address' risk after its newest anomaly; null keeps it.</summary>
    public TimeSpan? RiskTimeToLive { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Time between two anomalies after which the earlier one counts half in an address' recent risk.</summary>
    public TimeSpan RiskHalfLife { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How old a score may be when it comes here: the sink that is further behind leaves out the scores of inconspicuous transactions (severity
    /// none), and counts them, until it has caught up.
    /// </summary>
    public TimeSpan ShedBehind { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        base.Validate()
            .Concat(LifeFaults("ScoreTimeToLive", ScoreTimeToLive))
            .Concat(LifeFaults("RiskTimeToLive", RiskTimeToLive))
            .Concat(LifeFaults("RiskHalfLife", RiskHalfLife))
            .Concat(LifeFaults("ShedBehind", ShedBehind));
}
