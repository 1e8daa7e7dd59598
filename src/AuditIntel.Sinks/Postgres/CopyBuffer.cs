using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Rows in the format of PostgreSQL's binary COPY (documentation of COPY, "Binary Format"), written straight from records: no array, no boxing, no
/// call through the driver for a column. For one thread.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    private const int RealArrayElement = 700;
    private const int TextArrayElement = 25;

    private static readonly BigInteger NumericBase = 10_000;
    private static readonly DateTimeOffset PostgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _length;

    /// <summary>Bytes written since <see cref="Clear"/>.</summary>
    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    /// <summary>What a COPY begins with.</summary>
    public void Header()
    {
        Signature.CopyTo(Take(Signature.Length));

        // Flags, and the length of an extension: none.
        Take(8).Clear();
    }

    /// <summary>What a COPY ends with.</summary>
    public void Trailer() => BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);

    public void StartRow(short columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);

    /// <summary>Columns that another buffer has written.</summary>
    /// <returns>Where they stand now, until the next call.</returns>
    public Span<byte> Columns(ReadOnlySpan<byte> written)
    {
        var columns = Take(written.Length);
        written.CopyTo(columns);
        return columns;
    }

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Boolean(bool value)
    {
        var column = Column(1);
        column[0] = value ? (byte)1 : (byte)0;
    }

    public void Smallint(int? value)
    {
        if (value is { } number)
        {
            BinaryPrimitives.WriteInt16BigEndian(Column(2), checked((short)number));
        }
        else
        {
            Null();
        }
    }

    public void Integer(int value) => BinaryPrimitives.WriteInt32BigEndian(Column(4), value);

    public void Integer(int? value)
    {
        if (value is { } number)
        {
            Integer(number);
        }
        else
        {
            Null();
        }
    }

    public void Bigint(long value) => BinaryPrimitives.WriteInt64BigEndian(Column(8), value);

    public void Bigint(long? value)
    {
        if (value is { } number)
        {
            Bigint(number);
        }
        else
        {
            Null();
        }
    }

    public void Double(double value) => BinaryPrimitives.WriteDoubleBigEndian(Column(8), value);

    public void Time(DateTimeOffset value) => Bigint((value.UtcTicks - PostgresEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Text without NUL and lone surrogates; an enum's label is text as well.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var clean = PostgresText.Clean(value);
        BinaryPrimitives.WriteInt32BigEndian(Take(4), Encoding.UTF8.GetByteCount(clean));
        Reserve(Encoding.UTF8.GetMaxByteCount(clean.Length));
        _length += Encoding.UTF8.GetBytes(clean, _bytes.AsSpan(_length));
    }

    /// <summary>A label of an enum, ASCII.</summary>
    public void Label(ReadOnlySpan<byte> label) => label.CopyTo(Column(label.Length));

    /// <summary>bytea of 0x text; the text was checked before.</summary>
    public void Hex(string? digits)
    {
        if (digits is null)
        {
            Null();
            return;
        }

        var source = digits.AsSpan(2);
        if (Convert.FromHexString(source, Column(source.Length / 2), out _, out _) != OperationStatus.Done)
        {
            throw new ArgumentException($"'{digits}' is not 0x and hex digits.", nameof(digits));
        }
    }

    /// <summary>A one-dimensional array of text; null for an empty one.</summary>
    public void TextsOrNull(IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            Null();
            return;
        }

        var start = StartArray(TextArrayElement, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Text(values[i]);
        }

        EndArray(start);
    }

    /// <summary>Begins a one-dimensional array of real, followed by <paramref name="count"/> calls of <see cref="Real"/>.</summary>
    public void StartReals(int count) => EndArray(StartArray(RealArrayElement, count), count * 8);

    public void Real(double value) => BinaryPrimitives.WriteSingleBigEndian(Column(4), (float)value);

    /// <summary>A whole number.</summary>
    public void Numeric(BigInteger value)
    {
        // Digits of base 10 000, the highest first; numbers of 64 bits, nearly all, need no BigInteger arithmetic.
        Span<short> digits = stackalloc short[160];
        var at = digits.Length;
        var rest = BigInteger.Abs(value);
        while (rest > ulong.MaxValue)
        {
            rest = BigInteger.DivRem(rest, NumericBase, out var digit);
            digits[--at] = (short)digit;
        }

        for (var low = (ulong)rest; low > 0; low /= 10_000)
        {
            digits[--at] = (short)(low % 10_000);
        }

        var weight = digits.Length - at - 1;
        var last = digits.Length;
        while (last > at && digits[last - 1] == 0)
        {
            last--;
        }

        var column = Column(8 + (2 * (last - at)));
        BinaryPrimitives.WriteInt16BigEndian(column, (short)(last - at));
        BinaryPrimitives.WriteInt16BigEndian(column[2..], (short)Math.Max(weight, 0));
        BinaryPrimitives.WriteUInt16BigEndian(column[4..], value.Sign < 0 ? (ushort)0x4000 : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(column[6..], 0);
        for (var i = at; i < last; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(column[(8 + (2 * (i - at)))..], digits[i]);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private int StartArray(int elementType, int count)
    {
        var start = _length;
        var head = Take(24);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], count == 0 ? 0 : 1);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], 0);
        BinaryPrimitives.WriteInt32BigEndian(head[12..], elementType);
        if (count == 0)
        {
            _length -= 8;
            return start;
        }

        BinaryPrimitives.WriteInt32BigEndian(head[16..], count);
        BinaryPrimitives.WriteInt32BigEndian(head[20..], 1);
        return start;
    }

    private void EndArray(int start, int yetToCome = 0) =>
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _length - start - 4 + yetToCome);

    private Span<byte> Column(int size)
    {
        var span = Take(4 + size);
        BinaryPrimitives.WriteInt32BigEndian(span, size);
        return span[4..];
    }

    private Span<byte> Take(int size)
    {
        Reserve(size);
        var span = _bytes.AsSpan(_length, size);
        _length += size;
        return span;
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - _length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, 2 * _bytes.Length));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
