namespace AuditIntel.Streaming;

/// <summary>The life of an instance, as in Kafka Streams.</summary>
public enum StreamsState
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Waiting for partitions, or restoring stores.</summary>
    Rebalancing,

    /// <summary>Every thread has its partitions and their stores.</summary>
    Running,

    /// <summary>Committing for the last time.</summary>
    PendingShutdown,

    /// <summary>Stopped in order.</summary>
    NotRunning,

    /// <summary>A thread has failed; nothing is processed any more.</summary>
    Error,
}
