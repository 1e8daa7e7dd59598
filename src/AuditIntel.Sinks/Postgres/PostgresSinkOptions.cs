using AuditIntel.Kafka;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>How a <see cref="PostgresSink"/> reads and writes.</summary>
public abstract record PostgresSinkOptions
{
    private protected PostgresSinkOptions(string sinkName, string groupId, IReadOnlyList<string> deadLetterTopics)
    {
        SinkName = sinkName;
        GroupId = groupId;
        DeadLetterTopics = deadLetterTopics;
    }

    public required KafkaOptions Kafka { get; init; }

    /// <summary>Base address of the Schema Registry.</summary>
    public required Uri SchemaRegistry { get; init; }

    /// <summary>Npgsql connection string.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// Name under which the sink's offsets stand in table sink_offsets. All instances that share the work have the same name; one name belongs to
    /// one Kafka cluster.
    /// </summary>
    public string SinkName { get; init; }

    /// <summary>Consumer group that spreads the partitions over instances; offsets are not kept there.</summary>
    public string GroupId { get; init; }

    /// <summary>
    /// Fixed name of this instance in the group, unique in it (static membership, KIP-345): a restart after a crash gets its partitions back at once
    /// instead of after the session timeout. Null for none.
    /// </summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>Topics whose dead letters become rows of dead_letters.</summary>
    public IReadOnlyList<string> DeadLetterTopics { get; init; }

    /// <summary>A batch is written when it has this many records.</summary>
    public int MaxBatchRecords { get; init; } = 5_000;

    /// <summary>A batch is written when its keys and values have this many bytes. Two batches are in memory at most, one being written and one being filled.</summary>
    public int MaxBatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>A batch is written at the latest this long after its first record.</summary>
    public TimeSpan MaxBatchDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Limit of one database statement, and of a wait for a lock.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause after the database or the registry failed; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after which the sink gives up and fails; with the default pauses about 15 minutes.</summary>
    public int MaxRetries { get; init; } = 100;

    /// <summary>How long a stop waits for the batch being written; given up after that, a restart goes on from the stored offsets.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Everything that is wrong with these options, one sentence each.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Kafka.BootstrapServers))
        {
            yield return "Kafka.BootstrapServers is empty: give host:port of a broker.";
        }

        if (!SchemaRegistry.IsAbsoluteUri)
        {
            yield return $"SchemaRegistry '{SchemaRegistry}' is not an absolute address: give http://host:port.";
        }

        if (ConnectionStringFault() is { } fault)
        {
            yield return $"ConnectionString cannot be read ({fault}): write it as Host=...;Port=...;Username=...;Database=...";
        }

        if (string.IsNullOrWhiteSpace(SinkName) || SinkName.Length > 200)
        {
            yield return "SinkName must have 1 to 200 characters.";
        }

        if (string.IsNullOrWhiteSpace(GroupId))
        {
            yield return "GroupId is empty: give the consumer group a name.";
        }

        if (MaxBatchRecords is < 1 or > 1_000_000)
        {
            yield return $"MaxBatchRecords is {MaxBatchRecords}: choose 1 to 1000000.";
        }

        if (MaxBatchBytes is < 1024 or > 512 * 1024 * 1024)
        {
            yield return $"MaxBatchBytes is {MaxBatchBytes}: choose 1 KiB to 512 MiB.";
        }

        if (MaxBatchDelay < TimeSpan.Zero || MaxBatchDelay > TimeSpan.FromMinutes(1))
        {
            yield return $"MaxBatchDelay is {MaxBatchDelay}: choose 0 to 1 minute.";
        }

        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromMinutes(30))
        {
            yield return $"CommandTimeout is {CommandTimeout}: choose 1 second to 30 minutes.";
        }

        if (RetryDelay <= TimeSpan.Zero || MaxRetryDelay < RetryDelay)
        {
            yield return $"RetryDelay {RetryDelay} must be positive and not above MaxRetryDelay {MaxRetryDelay}.";
        }

        if (MaxRetries < 1)
        {
            yield return $"MaxRetries is {MaxRetries}: choose at least 1.";
        }

        if (StopTimeout < TimeSpan.Zero || StopTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"StopTimeout is {StopTimeout}: choose 0 to 10 minutes.";
        }
    }

    private string? ConnectionStringFault()
    {
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(ConnectionString).Host) ? "no Host" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return e.Message;
        }
    }
}
