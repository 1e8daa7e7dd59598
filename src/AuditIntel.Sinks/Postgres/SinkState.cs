namespace AuditIntel.Sinks.Postgres;

/// <summary>What a sink is doing.</summary>
public enum SinkState
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Reads and writes.</summary>
    Running,

    /// <summary>The database or the registry is not to be had: partitions are paused, the sink tries again.</summary>
    Retrying,

    /// <summary>Ended by its caller.</summary>
    Stopped,

    /// <summary>Ended by a failure, which <see cref="PostgresSink.RunAsync"/> has thrown.</summary>
    Failed,
}
