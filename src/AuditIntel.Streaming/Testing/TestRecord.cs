using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Testing;

/// <summary>A record that a topology has written, as bytes.</summary>
public sealed record TestRecord(string Topic, int Partition, byte[]? Key, byte[]? Value, long TimestampMs, IReadOnlyList<RecordHeader> Headers);
