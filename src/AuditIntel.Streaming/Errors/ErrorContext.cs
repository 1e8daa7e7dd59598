using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>A record that failed, with its original bytes.</summary>
public sealed record ErrorContext
{
    public required ErrorStage Stage { get; init; }

    public required Exception Exception { get; init; }

    public required string Topic { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    public required long TimestampMs { get; init; }

    public required byte[]? Key { get; init; }

    public required byte[]? Value { get; init; }

    public required IReadOnlyList<RecordHeader> Headers { get; init; }
}
