using System.Buffers;

namespace AuditIntel.Streaming;

/// <summary>A value of so many bytes.</summary>
internal sealed class FixedSerde<T>(int size, FixedSerde<T>.Writer write, FixedSerde<T>.Reader read) : ISerde<T>
    where T : struct
{
    internal delegate void Writer(Span<byte> span, T value);

    internal delegate T Reader(ReadOnlySpan<byte> span);

    public void Serialize(string topic, T value, IBufferWriter<byte> output)
    {
        write(output.GetSpan(size), value);
        output.Advance(size);
    }

    public T Deserialize(string topic, ReadOnlySpan<byte> data) => data.Length == size
        ? read(data)
        : throw new FormatException($"A value of type {typeof(T).Name} has {size} bytes, not {data.Length}.");
}
