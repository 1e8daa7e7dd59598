using System.Buffers.Binary;
using System.Numerics;

namespace AuditIntel.Avro;

/// <summary>
/// The logical type decimal: an unscaled two's complement number, big end first, in bytes or in a fixed. <see cref="decimal"/> serves up to
/// 28 digits without garbage, <see cref="AvroDecimal"/> the rest.
/// </summary>
public static class AvroDecimals
{
    /// <summary>Bytes of the widest decimal that is read or written: more than 1 200 digits.</summary>
    public const int LargestSize = 512;

    /// <summary>Bytes of an unsigned number of 256 bits and a sign, as amounts in wei need; wider ones are written from the heap.</summary>
    private const int CommonWideSize = 33;

    /// <summary>Bytes of a System.Decimal's 96 bits and a sign.</summary>
    private const int DecimalSize = 13;

    /// <summary>A decimal in bytes.</summary>
    /// <exception cref="AvroDataException">The number is beyond 96 bits.</exception>
    public static decimal Read(ref AvroReader reader, int scale) => ToDecimal(reader.Position, reader.ReadBytes(), scale);

    /// <summary>A decimal in a fixed.</summary>
    /// <exception cref="AvroDataException">The number is beyond 96 bits.</exception>
    public static decimal Read(ref AvroReader reader, int scale, int size) => ToDecimal(reader.Position, reader.ReadFixed(size), scale);

    /// <summary>A decimal in bytes, as few as hold it.</summary>
    /// <exception cref="AvroException">The value has more digits than the schema, or more of them behind the point.</exception>
    public static void Write(ref AvroWriter writer, decimal value, int precision, int scale)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, Unscaled(value, precision, scale));
        writer.WriteBytes(Shortest(bytes));
    }

    /// <summary>A decimal in a fixed.</summary>
    /// <exception cref="AvroException">The value has more digits than the schema, or more of them behind the point.</exception>
    public static void Write(ref AvroWriter writer, decimal value, int precision, int scale, int size)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, Unscaled(value, precision, scale));
        WritePadded(ref writer, Shortest(bytes), size);
    }

    /// <summary>A wide decimal in bytes.</summary>
    /// <exception cref="AvroDataException">It is wider than <see cref="LargestSize"/>.</exception>
    public static AvroDecimal ReadWide(ref AvroReader reader, int scale) => ToWide(reader.Position, reader.ReadBytes(), scale);

    /// <summary>A wide decimal in a fixed.</summary>
    /// <exception cref="AvroDataException">It is wider than <see cref="LargestSize"/>.</exception>
    public static AvroDecimal ReadWide(ref AvroReader reader, int scale, int size) => ToWide(reader.Position, reader.ReadFixed(size), scale);

    /// <summary>A wide decimal in bytes, as few as hold it.</summary>
    /// <exception cref="AvroException">The value has more digits than the schema, or more of them behind the point.</exception>
    public static void WriteWide(ref AvroWriter writer, AvroDecimal value, int precision, int scale)
    {
        Span<byte> bytes = stackalloc byte[CommonWideSize];
        writer.WriteBytes(WideBytes(value, precision, scale, bytes));
    }

    /// <summary>A wide decimal in a fixed.</summary>
    /// <exception cref="AvroException">The value has more digits than the schema, or more of them behind the point.</exception>
    public static void WriteWide(ref AvroWriter writer, AvroDecimal value, int precision, int scale, int size)
    {
        Span<byte> bytes = stackalloc byte[CommonWideSize];
        WritePadded(ref writer, WideBytes(value, precision, scale, bytes), size);
    }

    private static decimal ToDecimal(int position, ReadOnlySpan<byte> bytes, int scale)
    {
        bytes = Shortest(bytes);
        if (bytes.Length > DecimalSize)
        {
            AvroReader.Fail($"A decimal of {bytes.Length} bytes is beyond 96 bits", position);
        }

        Span<byte> wide = stackalloc byte[16];
        wide.Fill(IsNegative(bytes) ? (byte)0xFF : (byte)0);
        bytes.CopyTo(wide[(wide.Length - bytes.Length)..]);
        Int128 unscaled = BinaryPrimitives.ReadInt128BigEndian(wide);
        bool negative = Int128.IsNegative(unscaled);
        UInt128 magnitude = (UInt128)(negative ? -unscaled : unscaled);
        if (magnitude >> 96 != 0)
        {
            AvroReader.Fail("A decimal is beyond 96 bits", position);
        }

        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), negative, (byte)scale);
    }

    private static Int128 Unscaled(decimal value, int precision, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        UInt128 magnitude = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int places = (bits[3] >> 16) & 0x7F;
        for (; places > scale; places--)
        {
            (magnitude, UInt128 lost) = UInt128.DivRem(magnitude, 10);
            if (lost != 0)
            {
                throw new AvroException($"The decimal {value} has more than {scale} digits behind the point.");
            }
        }

        UInt128 limit = UInt128.One;
        for (int i = 0; i < precision; i++)
        {
            limit *= 10;
        }

        for (; places < scale && magnitude < limit; places++)
        {
            magnitude *= 10;
        }

        if (magnitude >= limit)
        {
            throw new AvroException($"The decimal {value} has more than {precision} digits.");
        }

        return bits[3] < 0 ? -(Int128)magnitude : (Int128)magnitude;
    }

    private static AvroDecimal ToWide(int position, ReadOnlySpan<byte> bytes, int scale)
    {
        bytes = Shortest(bytes);
        if (bytes.Length > LargestSize)
        {
            AvroReader.Fail($"A decimal of {bytes.Length} bytes is beyond the {LargestSize} that are supported", position);
        }

        return new AvroDecimal(new BigInteger(bytes, isBigEndian: true), scale);
    }

    private static ReadOnlySpan<byte> WideBytes(AvroDecimal value, int precision, int scale, Span<byte> bytes)
    {
        BigInteger unscaled = value.AtScale(scale);

        // |n| <= 2^bits, and 2^3.32 < 10: a number of few bits needs no power of ten to be known as narrow enough.
        bool fits = unscaled.GetBitLength() <= precision * 3.32 || BigInteger.Abs(unscaled) < BigInteger.Pow(10, precision);
        int size = unscaled.GetByteCount();
        if (!fits || size > LargestSize)
        {
            throw new AvroException($"The decimal {value} has more than {precision} digits.");
        }

        bytes = size <= bytes.Length ? bytes : new byte[size];
        unscaled.TryWriteBytes(bytes, out int length, isBigEndian: true);
        return bytes[..length];
    }

    private static void WritePadded(ref AvroWriter writer, scoped ReadOnlySpan<byte> number, int size)
    {
        if (number.Length > size)
        {
            throw new AvroException($"A decimal of {number.Length} bytes does not fit a fixed of {size} bytes.");
        }

        Span<byte> sign = stackalloc byte[32];
        sign.Fill(IsNegative(number) ? (byte)0xFF : (byte)0);
        for (int rest = size - number.Length; rest > 0; rest -= sign.Length)
        {
            writer.WriteFixed(sign[..Math.Min(rest, sign.Length)]);
        }

        writer.WriteFixed(number);
    }

    private static bool IsNegative(ReadOnlySpan<byte> number) => number.Length > 0 && (number[0] & 0x80) != 0;

    /// <summary>Without the leading bytes that only repeat the sign; one byte is always left, as Java's BigInteger has it.</summary>
    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        while (number.Length > 1 && number[0] is 0x00 or 0xFF && ((number[0] ^ number[1]) & 0x80) == 0)
        {
            number = number[1..];
        }

        return number;
    }
}
