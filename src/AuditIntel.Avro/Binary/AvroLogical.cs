using System.Buffers.Binary;
using System.Numerics;

namespace AuditIntel.Avro;

/// <summary>Conversions between logical types of Avro 1.11 and .NET's own.</summary>
public static class AvroLogical
{
    private const int LargestDecimal = 512;

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    public static DateTimeOffset ReadTimestampMillis(ref AvroReader reader)
    {
        int begin = reader.Position;
        long millis = reader.ReadLong();
        if (millis is < -62_135_596_800_000 or > 253_402_300_799_999)
        {
            AvroReader.Fail($"Timestamp {millis} ms is outside the years 1 to 9999", begin);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(millis);
    }

    public static void WriteTimestampMillis(ref AvroWriter writer, DateTimeOffset value) => writer.WriteLong(value.ToUnixTimeMilliseconds());

    public static DateTimeOffset ReadTimestampMicros(ref AvroReader reader)
    {
        int begin = reader.Position;
        long micros = reader.ReadLong();
        if (micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999)
        {
            AvroReader.Fail($"Timestamp {micros} us is outside the years 1 to 9999", begin);
        }

        return DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
    }

    public static void WriteTimestampMicros(ref AvroWriter writer, DateTimeOffset value) =>
        writer.WriteLong(Floor((value - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerMicrosecond));

    public static DateOnly ReadDate(ref AvroReader reader)
    {
        int begin = reader.Position;
        int days = reader.ReadInt();
        long number = (long)Epoch.DayNumber + days;
        if (number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber)
        {
            AvroReader.Fail($"Day {days} is outside the years 1 to 9999", begin);
        }

        return DateOnly.FromDayNumber((int)number);
    }

    public static void WriteDate(ref AvroWriter writer, DateOnly value) => writer.WriteInt(value.DayNumber - Epoch.DayNumber);

    public static TimeOnly ReadTimeMillis(ref AvroReader reader) => Time(reader.Position, reader.ReadInt(), TimeSpan.TicksPerMillisecond);

    public static void WriteTimeMillis(ref AvroWriter writer, TimeOnly value) => writer.WriteInt((int)(value.Ticks / TimeSpan.TicksPerMillisecond));

    public static TimeOnly ReadTimeMicros(ref AvroReader reader) => Time(reader.Position, reader.ReadLong(), TimeSpan.TicksPerMicrosecond);

    public static void WriteTimeMicros(ref AvroWriter writer, TimeOnly value) => writer.WriteLong(value.Ticks / TimeSpan.TicksPerMicrosecond);

    public static Guid ReadUuid(ref AvroReader reader)
    {
        int begin = reader.Position;
        if (!Guid.TryParseExact(reader.ReadString(), "D", out Guid value))
        {
            AvroReader.Fail("A string is no UUID", begin);
        }

        return value;
    }

    public static void WriteUuid(ref AvroWriter writer, Guid value) => writer.WriteString(value.ToString("D"));

    /// <summary>An unscaled two's complement number, big end first, as a decimal of that scale.</summary>
    public static decimal ReadDecimal(ref AvroReader reader, int scale)
    {
        int begin = reader.Position;
        return ToDecimal(reader.ReadBytes(), scale, begin);
    }

    public static decimal ReadDecimal(ref AvroReader reader, int scale, int size)
    {
        int begin = reader.Position;
        return ToDecimal(reader.ReadFixed(size), scale, begin);
    }

    public static void WriteDecimal(ref AvroWriter writer, decimal value, int precision, int scale)
    {
        Span<byte> bytes = stackalloc byte[16];
        BigInteger unscaled = Unscaled(value, precision, scale);
        unscaled.TryWriteBytes(bytes, out int length, isBigEndian: true);
        writer.WriteBytes(bytes[..length]);
    }

    public static void WriteDecimal(ref AvroWriter writer, decimal value, int precision, int scale, int size) =>
        WriteInteger(ref writer, Unscaled(value, precision, scale), size);

    /// <summary>The unscaled number of a decimal that is too wide for <see cref="decimal"/>, such as an amount in wei.</summary>
    public static BigInteger ReadInteger(ref AvroReader reader, int precision)
    {
        int begin = reader.Position;
        return ToInteger(reader.ReadBytes(), precision, begin);
    }

    public static BigInteger ReadInteger(ref AvroReader reader, int precision, int size)
    {
        int begin = reader.Position;
        return ToInteger(reader.ReadFixed(size), precision, begin);
    }

    public static void WriteInteger(ref AvroWriter writer, BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[LargestDecimal];
        if (!value.TryWriteBytes(bytes, out int length, isBigEndian: true))
        {
            throw new AvroException($"A decimal of more than {LargestDecimal} bytes is not supported.");
        }

        writer.WriteBytes(bytes[..length]);
    }

    public static void WriteInteger(ref AvroWriter writer, BigInteger value, int size)
    {
        Span<byte> bytes = stackalloc byte[LargestDecimal];
        if (size > LargestDecimal || !value.TryWriteBytes(bytes, out int length, isBigEndian: true) || length > size)
        {
            throw new AvroException($"The decimal {value} does not fit a fixed of {size} bytes.");
        }

        Span<byte> padded = stackalloc byte[LargestDecimal];
        padded = padded[..size];
        padded.Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        bytes[..length].CopyTo(padded[(size - length)..]);
        writer.WriteFixed(padded);
    }

    private static TimeOnly Time(int position, long value, long ticks)
    {
        if (value < 0 || value >= TimeSpan.TicksPerDay / ticks)
        {
            AvroReader.Fail($"{value} is no time of day", position);
        }

        return new TimeOnly(value * ticks);
    }

    private static decimal ToDecimal(ReadOnlySpan<byte> bytes, int scale, int position)
    {
        if (bytes.Length <= sizeof(long))
        {
            Span<byte> wide = stackalloc byte[sizeof(long)];
            wide.Fill(bytes.Length > 0 && (bytes[0] & 0x80) != 0 ? (byte)0xFF : (byte)0);
            bytes.CopyTo(wide[(sizeof(long) - bytes.Length)..]);
            long small = BinaryPrimitives.ReadInt64BigEndian(wide);
            bool negative = small < 0;
            ulong magnitude = negative ? (ulong)-small : (ulong)small;
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, negative, (byte)scale);
        }

        var unscaled = new BigInteger(bytes, isBigEndian: true);
        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(2, 96))
        {
            AvroReader.Fail($"Decimal {unscaled} is beyond 96 bits", position);
        }

        decimal value = (decimal)unscaled;
        for (int i = 0; i < scale; i++)
        {
            value /= 10m;
        }

        return value;
    }

    private static BigInteger ToInteger(ReadOnlySpan<byte> bytes, int precision, int position)
    {
        if (bytes.Length > LargestDecimal)
        {
            AvroReader.Fail($"A decimal of {bytes.Length} bytes is beyond its precision of {precision} digits", position);
        }

        return new BigInteger(bytes, isBigEndian: true);
    }

    private static BigInteger Unscaled(decimal value, int precision, int scale)
    {
        decimal rounded = decimal.Round(value, scale);
        if (rounded != value)
        {
            throw new AvroException($"The decimal {value} has more than {scale} digits behind the point.");
        }

        BigInteger unscaled = new BigInteger(decimal.Truncate(value)) * BigInteger.Pow(10, scale)
            + new BigInteger((value - decimal.Truncate(value)) * Power(scale));
        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(10, precision))
        {
            throw new AvroException($"The decimal {value} has more than {precision} digits.");
        }

        return unscaled;
    }

    private static decimal Power(int scale)
    {
        decimal power = 1;
        for (int i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static long Floor(long value, long unit) => value >= 0 ? value / unit : ((value + 1) / unit) - 1;
}
