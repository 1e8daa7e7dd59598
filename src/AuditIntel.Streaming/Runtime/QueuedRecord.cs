using System.Buffers;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Runtime;

/// <summary>A copy of a record's bytes in a pooled buffer.</summary>
internal readonly struct QueuedRecord
{
    private readonly byte[] _buffer;
    private readonly int _keyLength;
    private readonly int _valueLength;

    public QueuedRecord(in RawRecord record)
    {
        _keyLength = record.Key.Length;
        _valueLength = record.Value.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(_keyLength + _valueLength);
        record.Key.CopyTo(_buffer);
        record.Value.CopyTo(_buffer.AsSpan(_keyLength));
        Offset = record.Offset;
        TimestampMs = record.TimestampMs;
        IsKeyNull = record.IsKeyNull;
        IsValueNull = record.IsValueNull;
        Headers = record.Headers;
    }

    public long Offset { get; }

    public long TimestampMs { get; }

    public bool IsKeyNull { get; }

    public bool IsValueNull { get; }

    public IReadOnlyList<RecordHeader> Headers { get; }

    public int Length => _keyLength + _valueLength;

    public ReadOnlySpan<byte> Key => _buffer.AsSpan(0, _keyLength);

    public ReadOnlySpan<byte> Value => _buffer.AsSpan(_keyLength, _valueLength);

    /// <summary>The record as it came.</summary>
    public RawRecord Raw(PartitionId partition) => new()
    {
        Topic = partition.Topic,
        Partition = partition.Partition,
        Offset = Offset,
        TimestampMs = TimestampMs,
        IsKeyNull = IsKeyNull,
        Key = Key,
        IsValueNull = IsValueNull,
        Value = Value,
        Headers = Headers,
    };

    /// <summary>Gives the buffer back; the record must not be used any more.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(_buffer);
}
