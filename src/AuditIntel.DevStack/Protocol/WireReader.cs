using System.Buffers.Binary;
using System.Text;

namespace AuditIntel.DevStack.Protocol;

/// <summary>Reads the primitive types of the protocol from one frame. Everything it hands out as memory is a slice of the frame.</summary>
internal ref struct WireReader(ReadOnlyMemory<byte> frame)
{
    /// <summary>Elements that all arrays of one frame may have together: bounds the memory a hostile frame can claim.</summary>
    public const int MaxElements = 1_000_000;

    private readonly ReadOnlySpan<byte> _span = frame.Span;
    private int _elements;

    public int Position { get; private set; }

    public readonly int Remaining => _span.Length - Position;

    public sbyte ReadInt8() => (sbyte)Take(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public Guid ReadUuid() => new(Take(16), bigEndian: true);

    public uint ReadUnsignedVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];
            value |= (uint)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw new ProtocolException($"The unsigned varint before byte {Position} of the frame is longer than five bytes.");
    }

    /// <summary>The length before a string or byte field: -1 is null.</summary>
    public int ReadLength(bool compact, bool wide)
    {
        var length = compact ? (long)ReadUnsignedVarint() - 1 : wide ? ReadInt32() : ReadInt16();
        if (length < -1 || length > Remaining)
        {
            throw new ProtocolException($"The length {length} before byte {Position} of the frame exceeds the {Remaining} bytes left.");
        }

        return (int)length;
    }

    /// <summary>The count before an array: -1 is null.</summary>
    public int ReadCount(bool compact)
    {
        var count = ReadLength(compact, wide: true);
        _elements += Math.Max(count, 0);
        return _elements <= MaxElements
            ? count
            : throw new ProtocolException($"The arrays of the frame have more than {MaxElements} elements together.");
    }

    public string ReadText(int length)
    {
        try
        {
            return Encoding.UTF8.GetString(Take(length));
        }
        catch (ArgumentException e)
        {
            throw new ProtocolException($"The string before byte {Position} of the frame is not UTF-8: {e.Message}");
        }
    }

    public ReadOnlyMemory<byte> ReadMemory(int length)
    {
        var start = Position;
        Take(length);
        return frame.Slice(start, length);
    }

    public void Skip(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw new ProtocolException($"The frame ends after {_span.Length} bytes, {length} more were expected at byte {Position}.");
        }

        var taken = _span.Slice(Position, length);
        Position += length;
        return taken;
    }
}
