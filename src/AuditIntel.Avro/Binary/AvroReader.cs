using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>
/// Reads the binary encoding of Avro 1.11. Lengths and counts are checked against the bytes that are there before anything is
/// allocated, so that a hostile value costs no more than its own size.
/// </summary>
public ref struct AvroReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Records nested deeper are refused: a recursive schema would let few bytes exhaust the stack.</summary>
    public const int DeepestNesting = 64;

    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _depth;
    private int _emptyItems;

    /// <param name="data">The bytes to read.</param>
    /// <param name="start">Where in <paramref name="data"/> the value begins, so that positions count from the start of its frame.</param>
    public AvroReader(ReadOnlySpan<byte> data, int start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)data.Length, nameof(start));
        _data = data;
        _position = start;
    }

    /// <summary>Where the next byte is read, from the start of the data.</summary>
    public readonly int Position => _position;

    public readonly int Remaining => _data.Length - _position;

    /// <exception cref="AvroDataException">The value ends here, or the byte is neither 0 nor 1.</exception>
    public bool ReadBoolean()
    {
        byte value = Take(1)[0];
        if (value > 1)
        {
            Fail($"Byte {value} is no boolean", _position - 1);
        }

        return value == 1;
    }

    /// <exception cref="AvroDataException">The varint is cut off or beyond 32 bits.</exception>
    public int ReadInt()
    {
        int begin = _position;
        long value = ReadLong();
        if (value is < int.MinValue or > int.MaxValue)
        {
            Fail($"{value} is beyond an int", begin);
        }

        return (int)value;
    }

    /// <exception cref="AvroDataException">The varint is cut off or beyond 64 bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadLong()
    {
        // Lengths, union branches and small numbers take one byte: they do not pay for the loop.
        int at = _position;
        if ((uint)at < (uint)_data.Length && _data[at] < 0x80)
        {
            _position = at + 1;
            uint single = _data[at];
            return (int)(single >> 1) ^ -(int)(single & 1);
        }

        return ReadLongVarint();
    }

    /// <summary>A zig-zag varint, or false when it is cut off or beyond 64 bits; then nothing is read.</summary>
    public bool TryReadLong(out long value)
    {
        VarintStatus status = Varint.TryRead(_data[_position..], out ulong raw, out int length);
        value = Varint.UnZigZag(raw);
        _position += status == VarintStatus.Complete ? length : 0;
        return status == VarintStatus.Complete;
    }

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>The bytes in place; copy them if they must outlive the buffer.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength());

    public ReadOnlySpan<byte> ReadFixed(int size) => Take(size);

    /// <exception cref="AvroDataException">The text is cut off or no UTF-8.</exception>
    public string ReadString()
    {
        int begin = _position;
        ReadOnlySpan<byte> bytes = ReadBytes();
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Fail("A string is no valid UTF-8", begin);
            return "";
        }
    }

    /// <summary>Index of a union's branch or an enum's symbol, checked to be below <paramref name="count"/>.</summary>
    public int ReadIndex(int count, string what)
    {
        int begin = _position;
        long index = ReadLong();
        if ((ulong)index >= (ulong)count)
        {
            Fail($"Index {index} of {what} is not within 0 to {count - 1}", begin);
        }

        return (int)index;
    }

    /// <summary>
    /// Head of the next block of an array or map: its number of items, 0 at the end. A block that states its size in bytes
    /// (a negative count) is read likewise.
    /// </summary>
    /// <param name="smallestItem">Fewest bytes that one item takes; 0 allows <see cref="LargestEmptyItemCount"/> items in the whole value.</param>
    /// <exception cref="AvroDataException">The block claims more items or bytes than there are.</exception>
    public int ReadBlockCount(int smallestItem)
    {
        int begin = _position;
        long count = ReadLong();
        if (count < 0)
        {
            if (count == long.MinValue)
            {
                Fail("A block's count is beyond its range", begin);
            }

            count = -count;
            int sizeAt = _position;
            long size = ReadLong();
            if (size < 0 || size > Remaining)
            {
                Fail($"A block claims {size} bytes where {Remaining} are left", sizeAt);
            }
        }

        if (smallestItem > 0)
        {
            if (count > Remaining / smallestItem)
            {
                Fail($"A block claims {count} items where {Remaining} bytes are left", begin);
            }

            return (int)count;
        }

        // Items without bytes cost a hostile value nothing, so what counts is their sum over all blocks.
        if (count > LargestEmptyItemCount - _emptyItems)
        {
            Fail($"Blocks claim more than {LargestEmptyItemCount} items that take no bytes", begin);
        }

        _emptyItems += (int)count;
        return (int)count;
    }

    /// <summary>Items of a type that takes no bytes (null, an empty record) are allowed up to this many in one value.</summary>
    public const int LargestEmptyItemCount = 1 << 20;

    /// <summary>Called at the start of every record, so that nesting stays bounded.</summary>
    public void EnterRecord()
    {
        if (++_depth > DeepestNesting)
        {
            Fail($"Records are nested deeper than {DeepestNesting} levels", _position);
        }
    }

    /// <summary>Called at the end of every record.</summary>
    public void LeaveRecord() => _depth--;

    /// <summary>Goes to a place read before.</summary>
    internal void Seek(int position) => _position = position;

    /// <summary>Refuses bytes behind the value.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining > 0)
        {
            Fail($"{Remaining} bytes are left behind the value", _position);
        }
    }

    /// <exception cref="AvroDataException">Always.</exception>
    [DoesNotReturn]
    public static void Fail(string message, int position) => throw new AvroDataException(message, position);

    private long ReadLongVarint()
    {
        VarintStatus status = Varint.TryRead(_data[_position..], out ulong raw, out int length);
        if (status != VarintStatus.Complete)
        {
            Fail(status == VarintStatus.CutOff ? "The value ends within a varint" : "A varint is beyond 64 bits", _position);
        }

        _position += length;
        return Varint.UnZigZag(raw);
    }

    private int ReadLength()
    {
        int begin = _position;
        long length = ReadLong();
        if (length < 0 || length > Remaining)
        {
            Fail($"Length {length} where {Remaining} bytes are left", begin);
        }

        return (int)length;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            Fail($"{count} bytes are wanted where {Remaining} are left", _position);
        }

        ReadOnlySpan<byte> taken = _data.Slice(_position, count);
        _position += count;
        return taken;
    }
}
