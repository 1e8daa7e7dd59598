namespace AuditIntel.Kafka;

/// <summary>A step of a transaction failed.</summary>
public sealed class KafkaTransactionException(string message, TransactionErrorKind kind, Exception innerException) : Exception(message, innerException)
{
    public TransactionErrorKind Kind { get; } = kind;
}
