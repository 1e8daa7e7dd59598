using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Testing;

/// <summary>Keeps what a topology writes.</summary>
internal sealed class MemoryCollector : IRecordCollector
{
    private readonly Dictionary<string, Queue<TestRecord>> _written = [];
    private readonly List<TestRecord> _recent = [];

    public void Send(
        string topic,
        int partition,
        bool keyIsNull,
        ReadOnlySpan<byte> key,
        bool valueIsNull,
        ReadOnlySpan<byte> value,
        long timestampMs,
        IReadOnlyList<RecordHeader> headers)
    {
        var record = new TestRecord(topic, partition, keyIsNull ? null : key.ToArray(), valueIsNull ? null : value.ToArray(), timestampMs, headers);
        if (!_written.TryGetValue(topic, out Queue<TestRecord>? queue))
        {
            queue = new Queue<TestRecord>();
            _written.Add(topic, queue);
        }

        queue.Enqueue(record);
        _recent.Add(record);
    }

    public IReadOnlyList<TestRecord> Take(string topic)
    {
        TestRecord[] records = [.. _written.GetValueOrDefault(topic) ?? []];
        _written.Remove(topic);
        return records;
    }

    public TestRecord? TakeOne(string topic) =>
        _written.TryGetValue(topic, out Queue<TestRecord>? queue) && queue.TryDequeue(out TestRecord? record) ? record : null;

    /// <summary>Records since the last call that the topology reads itself.</summary>
    public IReadOnlyList<TestRecord> TakeLooped(Func<string, bool> isSource)
    {
        TestRecord[] looped = [.. _recent.Where(record => isSource(record.Topic))];
        _recent.Clear();
        return looped;
    }
}
