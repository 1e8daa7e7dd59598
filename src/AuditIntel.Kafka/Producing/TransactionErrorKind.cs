namespace AuditIntel.Kafka;

/// <summary>What is to be done after a transaction failed.</summary>
public enum TransactionErrorKind
{
    /// <summary>Repeat the same call.</summary>
    Retriable,

    /// <summary>Abort and process the records again.</summary>
    RequiresAbort,

    /// <summary>Somebody else took over: abort if the producer still may, and give the partitions up.</summary>
    Fenced,

    /// <summary>This producer is of no use any more.</summary>
    Fatal,
}
