using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Runtime;

/// <summary>The records of one partition that wait, in order.</summary>
internal sealed class RawRecordQueue
{
    private readonly Queue<QueuedRecord> _records = new();

    public int Count => _records.Count;

    public long Bytes { get; private set; }

    public long HeadTimestampMs => _records.Peek().TimestampMs;

    public void Add(in RawRecord record)
    {
        var queued = new QueuedRecord(in record);
        Bytes += queued.Length;
        _records.Enqueue(queued);
    }

    public QueuedRecord Take()
    {
        QueuedRecord record = _records.Dequeue();
        Bytes -= record.Length;
        return record;
    }
}
