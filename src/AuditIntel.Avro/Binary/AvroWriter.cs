using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>
/// Writes the binary encoding of Avro 1.11 ("Binary Encoding" in the specification) into a buffer writer, without garbage.
/// </summary>
public ref struct AvroWriter
{
    private const int LongestVarint = 10;

    private readonly IBufferWriter<byte> _output;

    public AvroWriter(IBufferWriter<byte> output) => _output = output;

    public readonly void WriteBoolean(bool value)
    {
        _output.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        _output.Advance(1);
    }

    public readonly void WriteInt(int value) => WriteLong(value);

    public readonly void WriteLong(long value)
    {
        Span<byte> span = _output.GetSpan(LongestVarint);
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        int length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        _output.Advance(length);
    }

    public readonly void WriteFloat(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_output.GetSpan(sizeof(float)), value);
        _output.Advance(sizeof(float));
    }

    public readonly void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_output.GetSpan(sizeof(double)), value);
        _output.Advance(sizeof(double));
    }

    public readonly void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLong(value.Length);
        WriteFixed(value);
    }

    /// <summary>The bytes as they are, without a length.</summary>
    public readonly void WriteFixed(ReadOnlySpan<byte> value) => _output.Write(value);

    public readonly void WriteString(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteLong(length);
        Span<byte> span = _output.GetSpan(length);
        _output.Advance(Encoding.UTF8.GetBytes(value, span));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void WriteUnionIndex(int index) => WriteLong(index);
}
