namespace AuditIntel.Sinks.Redis;

/// <summary>
/// Keeps what is asked of the chain all the time at hand in Redis: the latest score of a transaction (tx:{chain id}:{hash}), the risk of an address from
/// its recent anomalies (address:{chain id}:{address}) and what lists say of an address (label:{chain id}:{address}).
/// </summary>
public sealed class RedisTransactionsSink : RedisSink
{
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public RedisTransactionsSink(RedisTransactionsSinkOptions options, TimeProvider? clock = null)
        : base(options, (registry, time) => new TransactionsCache(registry, options, time), clock)
    {
    }

    /// <summary>Scores left out because the sink was behind by more than <see cref="RedisTransactionsSinkOptions.ShedBehind"/>.</summary>
    public long Shed => ((TransactionsCache)Content).Shed;
}
