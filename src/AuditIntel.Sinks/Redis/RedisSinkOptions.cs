using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Redis;

/// <summary>How a <see cref="RedisSink"/> reads and writes.</summary>
public abstract record RedisSinkOptions
{
    private protected RedisSinkOptions(string groupId) => GroupId = groupId;

    public required KafkaOptions Kafka { get; init; }

    /// <summary>Base address of the Schema Registry.</summary>
    public required Uri SchemaRegistry { get; init; }

    /// <summary>host:port, or any configuration string of StackExchange.Redis.</summary>
    public required string Redis { get; init; }

    /// <summary>Consumer group; its committed offsets are where the cache goes on.</summary>
    public string GroupId { get; init; }

    /// <summary>Limit of one pipelined batch.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long Redis is left alone after it failed; meanwhile batches are skipped.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Everything that is wrong with these options, one sentence each.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Redis))
        {
            yield return "Redis is empty: give host:port.";
        }

        if (string.IsNullOrWhiteSpace(Kafka.BootstrapServers))
        {
            yield return "Kafka.BootstrapServers is empty: give host:port of a broker.";
        }

        if (!SchemaRegistry.IsAbsoluteUri)
        {
            yield return $"SchemaRegistry '{SchemaRegistry}' is not an absolute address: give http://host:port.";
        }

        if (string.IsNullOrWhiteSpace(GroupId))
        {
            yield return "GroupId is empty: give the consumer group a name.";
        }

        if (OperationTimeout <= TimeSpan.Zero)
        {
            yield return $"OperationTimeout is {OperationTimeout}: it must be positive.";
        }

        // The bounds are those of Polly's circuit breaker.
        if (BreakDuration < TimeSpan.FromMilliseconds(500) || BreakDuration > TimeSpan.FromDays(1))
        {
            yield return $"BreakDuration is {BreakDuration}: choose 0.5 seconds to 1 day.";
        }
    }

    private protected static IEnumerable<string> LifeFaults(string name, TimeSpan? life)
    {
        if (life is { } span && span <= TimeSpan.Zero)
        {
            yield return $"{name} is {span}: give a positive time.";
        }
    }
}
