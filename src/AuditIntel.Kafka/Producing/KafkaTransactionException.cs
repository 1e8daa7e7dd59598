namespace AuditIntel.Kafka;

/// <summary>A step of a transaction failed.</summary>
public sealed class KafkaTransactionException(string message, TransactionErrorKind kind, Exception innerException) : Exception(message, innerException)
{
    /// <summary>What is to be done about it.</summary>
    public TransactionErrorKind Kind { get; } = kind;

    /// <summary>Error code of librdkafka (negative) or of the Kafka protocol (positive); 0 when there is none.</summary>
    public int Code { get; } = innerException switch
    {
        KafkaFailureException failure => failure.Code,
        Confluent.Kafka.KafkaException failure => (int)failure.Error.Code,
        _ => 0,
    };

    /// <summary>
    /// True when this producer is of no use any more. False of a <see cref="TransactionErrorKind.Fenced"/> error that concerns only the
    /// consumer's group: the transaction is to be aborted, the partitions are lost, and the producer goes on.
    /// </summary>
    public bool NeedsNewProducer { get; } = kind == TransactionErrorKind.Fatal || innerException is Confluent.Kafka.KafkaException { Error.IsFatal: true }
        || (kind == TransactionErrorKind.Fenced && innerException is KafkaFailureException);
}
