using AuditIntel.Collectors.Files;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>Dead letters of this room.</summary>
internal static class DeadLetters
{
    private const string Stage = "collect";

    public static DeadLetter Make(
        string? platform, string sourcePath, string origin, string errorClass, string message, byte[] payload, long payloadLength, DateTimeOffset failedAt) => new()
        {
            Id = DeadLetterId.Of(origin, errorClass, payload),
            Stage = Stage,
            ErrorClass = errorClass,
            ErrorMessage = message,
            Platform = platform,
            SourcePath = sourcePath,
            Payload = payload.Length > SourceText.KeptBytes ? payload[..SourceText.KeptBytes] : payload,
            PayloadLength = payloadLength,
            FailedAt = failedAt,
        };
}
