using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Streaming.State;

/// <summary>Time (8 bytes), side (1), number (4), then the user's key.</summary>
internal sealed class PendingKeySerde<TKey>(ISerde<TKey> key) : ISerde<PendingKey<TKey>>
    where TKey : notnull
{
    private const int Head = sizeof(long) + 1 + sizeof(int);

    public void Serialize(string topic, PendingKey<TKey> value, IBufferWriter<byte> output)
    {
        Span<byte> head = output.GetSpan(Head);
        BinaryPrimitives.WriteInt64BigEndian(head, value.TimeMs);
        head[sizeof(long)] = value.IsLeft ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(head[(sizeof(long) + 1)..], value.Number);
        output.Advance(Head);
        key.Serialize(topic, value.Key, output);
    }

    public PendingKey<TKey> Deserialize(string topic, ReadOnlySpan<byte> data) => data.Length >= Head
        ? new PendingKey<TKey>(
            BinaryPrimitives.ReadInt64BigEndian(data),
            data[sizeof(long)] != 0,
            BinaryPrimitives.ReadInt32BigEndian(data[(sizeof(long) + 1)..]),
            key.Deserialize(topic, data[Head..]))
        : throw new FormatException($"A waiting record's key has at least {Head} bytes, not {data.Length}.");
}
