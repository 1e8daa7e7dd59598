using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Streaming;

/// <summary>Key, then end, then start.</summary>
internal sealed class SessionWindowedSerde<TKey>(ISerde<TKey> key) : ISerde<Windowed<TKey>>
    where TKey : notnull
{
    private const int Suffix = 2 * sizeof(long);

    public void Serialize(string topic, Windowed<TKey> value, IBufferWriter<byte> output)
    {
        key.Serialize(topic, value.Key, output);
        Span<byte> suffix = output.GetSpan(Suffix);
        BinaryPrimitives.WriteInt64BigEndian(suffix, value.EndMs);
        BinaryPrimitives.WriteInt64BigEndian(suffix[sizeof(long)..], value.StartMs);
        output.Advance(Suffix);
    }

    public Windowed<TKey> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        if (data.Length < Suffix)
        {
            throw new FormatException($"A key with a session has at least 16 bytes, not {data.Length}.");
        }

        long end = BinaryPrimitives.ReadInt64BigEndian(data[^Suffix..]);
        long start = BinaryPrimitives.ReadInt64BigEndian(data[^sizeof(long)..]);
        return new Windowed<TKey>(key.Deserialize(topic, data[..^Suffix]), start, end);
    }
}
