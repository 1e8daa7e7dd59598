using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>A changelog topic: writes go to the task's own partition through its producer.</summary>
internal sealed class CollectorChangelog(IRecordCollector collector, string topic, int partition) : IChangelog
{
    public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs) =>
        collector.Send(topic, partition, keyIsNull: false, key, isTombstone, value, timestampMs, []);
}
