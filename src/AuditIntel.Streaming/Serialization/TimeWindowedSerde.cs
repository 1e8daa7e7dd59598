using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Streaming;

/// <summary>Key, then start.</summary>
internal sealed class TimeWindowedSerde<TKey>(ISerde<TKey> key, long windowSizeMs) : ISerde<Windowed<TKey>>
    where TKey : notnull
{
    public void Serialize(string topic, Windowed<TKey> value, IBufferWriter<byte> output)
    {
        key.Serialize(topic, value.Key, output);
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value.StartMs);
        output.Advance(sizeof(long));
    }

    public Windowed<TKey> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        if (data.Length < sizeof(long))
        {
            throw new FormatException($"A key with a window has at least 8 bytes, not {data.Length}.");
        }

        long start = BinaryPrimitives.ReadInt64BigEndian(data[^sizeof(long)..]);
        return new Windowed<TKey>(key.Deserialize(topic, data[..^sizeof(long)]), start, start + windowSizeMs);
    }
}
