using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Alerts;

/// <summary>How an <see cref="AlertDispatcher"/> reads and sends.</summary>
public sealed record AlertDispatcherOptions
{
    public required KafkaOptions Kafka { get; init; }

    /// <summary>Base address of the Schema Registry.</summary>
    public required Uri SchemaRegistry { get; init; }

    /// <summary>Where alerts go.</summary>
    public required AlertChannelSet Channels { get; init; }

    /// <summary>Consumer group; its committed offsets are where the dispatcher goes on.</summary>
    public string GroupId { get; init; } = "auditintel-alerts";

    /// <summary>Fixed name of this instance in the group (static membership, KIP-345); null for none.</summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>How often offsets are committed.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stop waits for alerts on their way; those that wait are read again by the next run.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where console channels write; null for standard output.</summary>
    public TextWriter? Console { get; init; }

    /// <summary>Everything that is wrong with these options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
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

        if (CommitInterval < TimeSpan.Zero || CommitInterval > TimeSpan.FromMinutes(1))
        {
            yield return $"CommitInterval is {CommitInterval}: choose 0 to 1 minute.";
        }

        if (StopTimeout < TimeSpan.Zero || StopTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"StopTimeout is {StopTimeout}: choose 0 to 10 minutes.";
        }
    }
}
