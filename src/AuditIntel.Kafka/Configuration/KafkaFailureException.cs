namespace AuditIntel.Kafka;

/// <summary>Kafka refused something or failed for good. The message says what, and for which topic and partition.</summary>
public sealed class KafkaFailureException : Exception
{
    public KafkaFailureException(string message, int code)
        : base(message) => Code = code;

    public KafkaFailureException(string message, Exception innerException)
        : base(message, innerException) => Code = (innerException as Confluent.Kafka.KafkaException)?.Error is { } error ? (int)error.Code : 0;

    /// <summary>Error code of librdkafka (negative) or of the Kafka protocol (positive); 0 when there is none.</summary>
    public int Code { get; }

    /// <summary>
    /// True when a commit came too late: the group has rebalanced, and whoever has the partitions now begins at the offsets committed
    /// before. Not a failure of an at-least-once reader.
    /// </summary>
    public bool IsGroupMovedOn => (Confluent.Kafka.ErrorCode)Code is
        Confluent.Kafka.ErrorCode.IllegalGeneration or Confluent.Kafka.ErrorCode.UnknownMemberId or Confluent.Kafka.ErrorCode.RebalanceInProgress
        or Confluent.Kafka.ErrorCode.Local_AssignmentLost or Confluent.Kafka.ErrorCode.Local_NoOffset;
}
