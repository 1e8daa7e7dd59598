using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Nodes;

/// <summary>A record as bytes, before it is understood.</summary>
internal readonly ref struct RawRecord
{
    public required string Topic { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    public required long TimestampMs { get; init; }

    public required bool IsKeyNull { get; init; }

    public required ReadOnlySpan<byte> Key { get; init; }

    public required bool IsValueNull { get; init; }

    public required ReadOnlySpan<byte> Value { get; init; }

    public required IReadOnlyList<RecordHeader> Headers { get; init; }
}
