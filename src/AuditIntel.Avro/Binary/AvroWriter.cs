using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>
/// Writes the binary encoding of Avro 1.11 ("Binary Encoding" in the specification) into a buffer writer, without garbage.
/// </summary>
public readonly ref struct AvroWriter
{
    /// <summary>Strings up to this many characters are encoded in one pass, into a span for the worst case.</summary>
    private const int OnePassCharacters = 256;

    private readonly IBufferWriter<byte> _output;

    public AvroWriter(IBufferWriter<byte> output) => _output = output;

    public void WriteBoolean(bool value)
    {
        _output.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        _output.Advance(1);
    }

    public void WriteInt(int value) => WriteLong(value);

    public void WriteLong(long value) => _output.Advance(Varint.Write(_output.GetSpan(Varint.LongestLength), value));

    public void WriteFloat(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_output.GetSpan(sizeof(float)), value);
        _output.Advance(sizeof(float));
    }

    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_output.GetSpan(sizeof(double)), value);
        _output.Advance(sizeof(double));
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        Span<byte> span = _output.GetSpan(Varint.LongestLength + value.Length);
        int length = Varint.Write(span, value.Length);
        value.CopyTo(span[length..]);
        _output.Advance(length + value.Length);
    }

    /// <summary>The bytes as they are, without a length.</summary>
    public void WriteFixed(ReadOnlySpan<byte> value) => _output.Write(value);

    /// <summary>The bytes as they are, where the schema wants exactly <paramref name="size"/> of them.</summary>
    /// <exception cref="AvroException">There are more or fewer.</exception>
    public void WriteFixed(ReadOnlySpan<byte> value, int size)
    {
        if (value.Length != size)
        {
            throw new AvroException($"A fixed of {size} bytes cannot hold {value.Length} bytes.");
        }

        WriteFixed(value);
    }

    /// <summary>Lone surrogates, which UTF-8 cannot write, become U+FFFD.</summary>
    public void WriteString(string value)
    {
        if (value.Length > OnePassCharacters)
        {
            WriteLongString(value);
            return;
        }

        // The length comes first but is known last: the text goes behind the longest head it may need, and moves when the head is shorter.
        int longest = value.Length * 3;
        Span<byte> span = _output.GetSpan(Varint.LongestLength + longest);
        int guess = value.Length < 64 ? 1 : 2;
        int bytes = Encoding.UTF8.GetBytes(value, span[guess..]);
        int head = bytes < 64 ? 1 : 2;
        if (head != guess)
        {
            span.Slice(guess, bytes).CopyTo(span[head..]);
        }

        Varint.Write(span, bytes);
        _output.Advance(head + bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnionIndex(int index) => WriteLong(index);

    /// <summary>Index of an enum's symbol.</summary>
    /// <exception cref="AvroException">The schema has no such symbol.</exception>
    public void WriteIndex(int index, int count, string what)
    {
        if ((uint)index >= (uint)count)
        {
            throw new AvroException($"{index} is no symbol of {what}, which has {count}.");
        }

        WriteLong(index);
    }

    private void WriteLongString(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Span<byte> span = _output.GetSpan(Varint.LongestLength + length);
        int head = Varint.Write(span, length);
        _output.Advance(head + Encoding.UTF8.GetBytes(value, span[head..]));
    }
}
