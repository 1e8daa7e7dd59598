using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Log;

/// <summary>Builds an uncompressed batch of message format v2: for the broker's own records, compaction, and clients without librdkafka.</summary>
/// <param name="firstTimestamp">Milliseconds since 1970 that the records' timestamps are told from.</param>
/// <param name="records">Room for the records, which is emptied first and used by one builder at a time; null for room of its own.</param>
internal sealed class BatchBuilder(long firstTimestamp, ArrayBufferWriter<byte>? records = null)
{
    private readonly ArrayBufferWriter<byte> _records = Emptied(records);
    private long _maxTimestamp = -1;
    private int _lastDelta = -1;

    public long BaseOffset { get; init; }

    public long ProducerId { get; init; } = -1;

    public short ProducerEpoch { get; init; } = -1;

    public int BaseSequence { get; init; } = -1;

    public short Attributes { get; init; }

    public int Count { get; private set; }

    /// <summary>Adds a record at the next offset.</summary>
    public void Add(long timestamp, ReadOnlySpan<byte> key, bool isKeyNull, ReadOnlySpan<byte> value, bool isValueNull)
    {
        var delta = ++_lastDelta;
        var timestampDelta = timestamp - firstTimestamp;
        var keyLength = isKeyNull ? -1 : key.Length;
        var valueLength = isValueNull ? -1 : value.Length;
        var length = 1 + SizeOf(timestampDelta) + SizeOf(delta) + SizeOf(keyLength) + key.Length + SizeOf(valueLength) + value.Length + 1;
        WriteVarlong(length);
        Put(0);
        WriteVarlong(timestampDelta);
        WriteVarlong(delta);
        WriteVarlong(keyLength);
        _records.Write(key);
        WriteVarlong(valueLength);
        _records.Write(value);
        WriteVarlong(0);
        Note(timestamp);
    }

    /// <summary>Keeps a record of another batch as it is; deltas stay, so the batch keeps base offset and first timestamp of its origin.</summary>
    public void AddEncoded(ReadOnlySpan<byte> record, int offsetDelta, long timestamp)
    {
        _records.Write(record);
        _lastDelta = offsetDelta;
        Note(timestamp);
    }

    /// <param name="lastOffsetDelta">The last offset the batch stands for, when its last record was left out; by default the last record's.</param>
    public byte[] Build(int? lastOffsetDelta = null)
    {
        var batch = new byte[BatchHeader.Size + _records.WrittenCount];
        var span = batch.AsSpan();
        BinaryPrimitives.WriteInt64BigEndian(span, BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], batch.Length - BatchHeader.Prefix);
        span[BatchHeader.MagicPosition] = 2;
        BinaryPrimitives.WriteInt16BigEndian(span[21..], Attributes);
        BinaryPrimitives.WriteInt32BigEndian(span[23..], lastOffsetDelta ?? Math.Max(_lastDelta, 0));
        BinaryPrimitives.WriteInt64BigEndian(span[27..], firstTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(span[35..], _maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(span[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(span[51..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(span[53..], BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(span[57..], Count);
        _records.WrittenSpan.CopyTo(span[BatchHeader.Size..]);
        BinaryPrimitives.WriteUInt32BigEndian(span[17..], Crc32C.Compute(span[BatchHeader.CrcStart..]));
        return batch;
    }

    private static ArrayBufferWriter<byte> Emptied(ArrayBufferWriter<byte>? records)
    {
        records?.ResetWrittenCount();
        return records ?? new();
    }

    private static int SizeOf(long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        var size = 1;
        while (zigzag >= 0x80)
        {
            size++;
            zigzag >>= 7;
        }

        return size;
    }

    private void Note(long timestamp)
    {
        Count++;
        _maxTimestamp = Math.Max(_maxTimestamp, timestamp);
    }

    private void WriteVarlong(long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        while (zigzag >= 0x80)
        {
            Put((byte)(zigzag | 0x80));
            zigzag >>= 7;
        }

        Put((byte)zigzag);
    }

    private void Put(byte value)
    {
        _records.GetSpan(1)[0] = value;
        _records.Advance(1);
    }
}
