using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Streaming.State;

/// <summary>Length of the foreign key (4 bytes), foreign key, key. It keeps a buffer: each task has its own.</summary>
internal sealed class SubscriptionKeySerde<TForeignKey, TKey>(ISerde<TForeignKey> foreignKey, ISerde<TKey> key) : ISerde<SubscriptionKey<TForeignKey, TKey>>
    where TForeignKey : notnull
    where TKey : notnull
{
    private readonly ArrayBufferWriter<byte> _scratch = new(64);

    public void Serialize(string topic, SubscriptionKey<TForeignKey, TKey> value, IBufferWriter<byte> output)
    {
        _scratch.ResetWrittenCount();
        foreignKey.Serialize(topic, value.ForeignKey, _scratch);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), _scratch.WrittenCount);
        output.Advance(sizeof(int));
        output.Write(_scratch.WrittenSpan);
        key.Serialize(topic, value.Key, output);
    }

    public SubscriptionKey<TForeignKey, TKey> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        int length = data.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(data);
        return length >= 0 && length <= data.Length - sizeof(int)
            ? new SubscriptionKey<TForeignKey, TKey>(
                foreignKey.Deserialize(topic, data.Slice(sizeof(int), length)), key.Deserialize(topic, data[(sizeof(int) + length)..]))
            : throw new FormatException($"A subscription's key of {data.Length} bytes in '{topic}' is cut off.");
    }
}
