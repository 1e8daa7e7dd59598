namespace AuditIntel.Kafka;

/// <summary>One record cannot be sent: it is too large, or its topic or partition does not exist. The producer, and its transaction, go on.</summary>
public sealed class RecordRefusedException(string message, int code) : Exception(message)
{
    /// <summary>Error code of librdkafka (negative) or of the Kafka protocol (positive).</summary>
    public int Code { get; } = code;
}
