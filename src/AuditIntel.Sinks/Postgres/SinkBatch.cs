using System.Buffers;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Records of several partitions that become rows in one database transaction. Filled by the consumer thread, then handed over to the writer;
/// never used by both at a time. Keeps a copy of every record's bytes: if the database refuses a record, its dead letter needs them.
/// </summary>
internal sealed class SinkBatch : IDisposable
{
    private readonly List<SinkRecord> _records = [];
    private readonly List<PartitionSpan> _spans = [];
    private byte[] _bytes = [];
    private int _byteCount;

    public IReadOnlyList<SinkRecord> Records => _records;

    /// <summary>A stretch of the records.</summary>
    public SinkStretch Stretch(int start, int count) => new(_records, start, count);

    /// <summary>One entry a partition.</summary>
    public IReadOnlyList<PartitionSpan> Spans => _spans;

    /// <summary>Bytes of keys and values.</summary>
    public int ByteCount => _byteCount;

    /// <summary>When the first record came, in ticks of the clock's <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long StartedAt { get; private set; }

    public bool IsEmpty => _spans.Count == 0;

    public void Add(object value, string topic, int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        var start = _byteCount;
        Reserve(key.Length + payload.Length);
        key.CopyTo(_bytes.AsSpan(start));
        payload.CopyTo(_bytes.AsSpan(start + key.Length));
        _byteCount += key.Length + payload.Length;
        _records.Add(new SinkRecord(value, topic, partition, offset, start, key.Length, payload.Length));
    }

    /// <summary>
    /// Says that everything of the partition below <paramref name="next"/> is in this batch or needs no row. <paramref name="expected"/>, where the
    /// sink stood before this batch, counts at the partition's first call, <paramref name="now"/>, a timestamp of the clock, at the batch's first call.
    /// </summary>
    public void Cover(string topic, int partition, long expected, long next, long now)
    {
        if (_spans.Count == 0)
        {
            StartedAt = now;
        }

        foreach (var span in _spans)
        {
            if (span.Partition == partition && span.Topic == topic)
            {
                span.Next = next;
                return;
            }
        }

        _spans.Add(new PartitionSpan(topic, partition, expected) { Next = next });
    }

    /// <summary>Forgets a partition that was taken away.</summary>
    public void Drop(string topic, int partition)
    {
        _records.RemoveAll(r => r.Partition == partition && r.Topic == topic);
        _spans.RemoveAll(s => s.Partition == partition && s.Topic == topic);
    }

    public ReadOnlySpan<byte> Key(in SinkRecord record) => _bytes.AsSpan(record.BytesStart, record.KeyLength);

    public ReadOnlySpan<byte> Payload(in SinkRecord record) => _bytes.AsSpan(record.BytesStart + record.KeyLength, record.ValueLength);

    /// <summary>Makes the batch ready to be filled anew; its buffers stay.</summary>
    public void Clear()
    {
        _records.Clear();
        _spans.Clear();
        _byteCount = 0;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _byteCount >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_byteCount + more, Math.Max(64 * 1024, 2 * _bytes.Length)));
        _bytes.AsSpan(0, _byteCount).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
