using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Makes the dead letter of a record that fails in a sink.</summary>
internal static class SinkDeadLetter
{
    /// <summary>Bytes of a payload that are kept.</summary>
    public const int PayloadLimit = 1024 * 1024;

    public static DeadLetter Of(
        string topic,
        int partition,
        long offset,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> payload,
        string errorClass,
        string errorMessage,
        DateTimeOffset failedAt) =>
        new()
        {
            Id = DeadLetterId.Of(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{topic}/{partition}/{offset}"), errorClass, payload),
            Stage = "sink",
            ErrorClass = errorClass,
            ErrorMessage = errorMessage,
            OriginTopic = topic,
            OriginPartition = partition,
            OriginOffset = offset,
            Key = key.ToArray(),
            Payload = payload[..Math.Min(payload.Length, PayloadLimit)].ToArray(),
            PayloadLength = payload.Length,
            FailedAt = failedAt,
        };
}
