using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AuditIntel.DevStack.Protocol;

/// <summary>
/// Builds one frame. Record payloads are not copied: the writer remembers where they belong between its own bytes, and
/// the connection (or <see cref="ToArray"/>) puts them there when it sends.
/// </summary>
internal sealed class WireWriter : IDisposable
{
    private readonly List<Splice> _splices = [];
    private byte[] _buffer;
    private int _spliced;

    public WireWriter(int capacity = 512) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The writer's own bytes, without the spliced payloads.</summary>
    public ReadOnlyMemory<byte> Own => _buffer.AsMemory(0, Position);

    public IReadOnlyList<Splice> Splices => _splices;

    public int Position { get; private set; }

    /// <summary>Bytes of the whole frame, payloads included.</summary>
    public int TotalLength => Position + _spliced;

    public void WriteInt8(sbyte value) => Grow(1)[0] = (byte)value;

    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Grow(2), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Grow(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Grow(8), value);

    public void WriteUuid(Guid value) => value.TryWriteBytes(Grow(16), bigEndian: true, out _);

    public void WriteUnsignedVarint(uint value)
    {
        while (value >= 0x80)
        {
            WriteInt8((sbyte)(value | 0x80));
            value >>= 7;
        }

        WriteInt8((sbyte)value);
    }

    /// <summary>The length before a string or byte field or the count before an array; -1 is null.</summary>
    public void WriteLength(int length, bool compact, bool wide)
    {
        if (compact)
        {
            WriteUnsignedVarint((uint)(length + 1));
        }
        else if (wide)
        {
            WriteInt32(length);
        }
        else
        {
            WriteInt16(checked((short)length));
        }
    }

    public void WriteText(string value, bool compact)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLength(length, compact, wide: false);
        Encoding.UTF8.GetBytes(value, Grow(length));
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    public void Insert(RecordsPayload payload)
    {
        if (payload.Length > 0)
        {
            _splices.Add(new(Position, payload));
            _spliced += payload.Length;
        }
    }

    /// <summary>Writes the frame length into the four bytes at the start that <see cref="Frame"/> left free.</summary>
    public void CompleteFrame() => BinaryPrimitives.WriteInt32BigEndian(_buffer, TotalLength - 4);

    public byte[] ToArray()
    {
        var all = new byte[TotalLength];
        var from = 0;
        var to = 0;
        foreach (var splice in _splices)
        {
            _buffer.AsSpan(from, splice.Position - from).CopyTo(all.AsSpan(to));
            to += splice.Position - from;
            from = splice.Position;
            splice.Payload.Memory.Span.CopyTo(all.AsSpan(to));
            splice.Payload.File?.Read(0, all.AsSpan(to, splice.Payload.Length));
            to += splice.Payload.Length;
        }

        _buffer.AsSpan(from, Position - from).CopyTo(all.AsSpan(to));
        return all;
    }

    public void Dispose()
    {
        foreach (var splice in _splices)
        {
            splice.Payload.File?.Dispose();
        }

        _splices.Clear();
        var buffer = _buffer;
        _buffer = [];
        Position = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Span<byte> Grow(int length)
    {
        if (_buffer.Length - Position < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Position + length));
            _buffer.AsSpan(0, Position).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var span = _buffer.AsSpan(Position, length);
        Position += length;
        return span;
    }

    /// <summary>A payload that belongs before the byte at <paramref name="Position"/> of the writer's own bytes.</summary>
    internal readonly record struct Splice(int Position, RecordsPayload Payload);
}
