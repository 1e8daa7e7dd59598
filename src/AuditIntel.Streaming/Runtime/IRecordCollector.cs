using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Where a task's output goes: the thread's producer, or a test's memory.</summary>
internal interface IRecordCollector
{
    const int AnyPartition = -1;

    void Send(
        string topic,
        int partition,
        bool keyIsNull,
        ReadOnlySpan<byte> key,
        bool valueIsNull,
        ReadOnlySpan<byte> value,
        long timestampMs,
        IReadOnlyList<RecordHeader> headers);
}
