using System.Buffers.Binary;

namespace AuditIntel.DevStack.Log;

/// <summary>The one record of a control batch: key = version and type (0 abort, 1 commit), value = version and coordinator epoch (KIP-98).</summary>
internal static class ControlRecord
{
    public static bool IsAbort(ReadOnlySpan<byte> batch)
    {
        var records = new RecordReader(batch[BatchHeader.Size..]);
        return records.TryRead(out var record) && record.Key.Length >= 4 && BinaryPrimitives.ReadInt16BigEndian(record.Key[2..]) == 0;
    }

    /// <summary>The batch that ends a transaction in a partition.</summary>
    public static byte[] Marker(long producerId, short producerEpoch, bool commit, int coordinatorEpoch, long timestamp)
    {
        Span<byte> key = stackalloc byte[4];
        BinaryPrimitives.WriteInt16BigEndian(key, 0);
        BinaryPrimitives.WriteInt16BigEndian(key[2..], commit ? (short)1 : (short)0);
        Span<byte> value = stackalloc byte[6];
        BinaryPrimitives.WriteInt16BigEndian(value, 0);
        BinaryPrimitives.WriteInt32BigEndian(value[2..], coordinatorEpoch);
        var builder = new BatchBuilder(timestamp) { ProducerId = producerId, ProducerEpoch = producerEpoch, Attributes = 16 | 32 };
        builder.Add(timestamp, key, isKeyNull: false, value, isValueNull: false);
        return builder.Build();
    }
}
