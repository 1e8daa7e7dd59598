using System.Buffers.Binary;
using AuditIntel.DevStack.Log.Compression;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// The 61 bytes before the records of a batch in message format v2 (KIP-98). Offsets in the format: base offset 0, length 8, leader epoch 12,
/// magic 16, CRC 17, attributes 21, last offset delta 23, first timestamp 27, greatest timestamp 35, producer id 43, producer epoch 51,
/// base sequence 53, record count 57.
/// </summary>
internal readonly record struct BatchHeader
{
    public const int Size = 61;

    /// <summary>Base offset and length, which the length itself does not count.</summary>
    public const int Prefix = 12;

    public const int CrcStart = 21;

    public const int MagicPosition = 16;

    public long BaseOffset { get; private init; }

    /// <summary>Bytes of the whole batch.</summary>
    public int TotalSize { get; private init; }

    public sbyte Magic { get; private init; }

    public uint Crc { get; private init; }

    public short Attributes { get; private init; }

    public int LastOffsetDelta { get; private init; }

    public long FirstTimestamp { get; private init; }

    public long MaxTimestamp { get; private init; }

    public long ProducerId { get; private init; }

    public short ProducerEpoch { get; private init; }

    public int BaseSequence { get; private init; }

    public int RecordCount { get; private init; }

    public long LastOffset => BaseOffset + LastOffsetDelta;

    public int LastSequence => BaseSequence < 0 ? -1 : AddSequence(BaseSequence, LastOffsetDelta);

    public CompressionCodec Compression => (CompressionCodec)(Attributes & 7);

    public bool IsLogAppendTime => (Attributes & 8) != 0;

    public bool IsTransactional => (Attributes & 16) != 0;

    public bool IsControl => (Attributes & 32) != 0;

    public bool HasProducer => ProducerId >= 0;

    /// <summary>Sequences are 31 bits wide and begin again at zero.</summary>
    public static int AddSequence(int sequence, int delta) => (int)(((long)sequence + delta) & int.MaxValue);

    /// <summary>Reads a header. Needs <see cref="Size"/> bytes; the caller checks <see cref="Magic"/> and <see cref="TotalSize"/>.</summary>
    public static BatchHeader Read(ReadOnlySpan<byte> bytes) => new()
    {
        BaseOffset = BinaryPrimitives.ReadInt64BigEndian(bytes),
        TotalSize = (int)Math.Min((long)BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) + Prefix, int.MaxValue),
        Magic = (sbyte)bytes[MagicPosition],
        Crc = BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]),
        Attributes = BinaryPrimitives.ReadInt16BigEndian(bytes[21..]),
        LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(bytes[23..]),
        FirstTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[27..]),
        MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[35..]),
        ProducerId = BinaryPrimitives.ReadInt64BigEndian(bytes[43..]),
        ProducerEpoch = BinaryPrimitives.ReadInt16BigEndian(bytes[51..]),
        BaseSequence = BinaryPrimitives.ReadInt32BigEndian(bytes[53..]),
        RecordCount = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]),
    };

    /// <summary>Writes what the broker assigns; neither field is under the CRC.</summary>
    public static void Assign(Span<byte> batch, long baseOffset, int leaderEpoch)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch[12..], leaderEpoch);
    }

    /// <summary>Stamps the time of append on the whole batch and computes its CRC anew.</summary>
    public static void StampAppendTime(Span<byte> batch, long timestamp)
    {
        BinaryPrimitives.WriteInt16BigEndian(batch[21..], (short)(BinaryPrimitives.ReadInt16BigEndian(batch[21..]) | 8));
        BinaryPrimitives.WriteInt64BigEndian(batch[35..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(batch[17..], Crc32C.Compute(batch[CrcStart..]));
    }
}
