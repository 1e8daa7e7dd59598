using System.Buffers.Text;

namespace AuditIntel.Avro;

/// <summary>Conversions between logical types of Avro 1.11 and .NET's own. Decimals: <see cref="AvroDecimals"/>.</summary>
public static class AvroLogical
{
    internal const long LeastMillis = -62_135_596_800_000;
    internal const long MostMillis = 253_402_300_799_999;
    internal const long LeastMicros = LeastMillis * 1000;
    internal const long MostMicros = (MostMillis * 1000) + 999;

    private const int UuidCharacters = 36;
    private const int UuidBytes = 16;

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Millisecond UTC, years 1 to 9999.</summary>
    /// <exception cref="AvroDataException">The number is outside these years.</exception>
    public static DateTimeOffset ReadTimestampMillis(ref AvroReader reader) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Within(reader.Position, reader.ReadLong(), LeastMillis, MostMillis, "ms"));

    /// <summary>Cuts what is finer than a millisecond.</summary>
    public static void WriteTimestampMillis(ref AvroWriter writer, DateTimeOffset value) => writer.WriteLong(value.ToUnixTimeMilliseconds());

    /// <summary>Microsecond UTC, years 1 to 9999.</summary>
    /// <exception cref="AvroDataException">The number is outside these years.</exception>
    public static DateTimeOffset ReadTimestampMicros(ref AvroReader reader) =>
        DateTimeOffset.UnixEpoch.AddTicks(Within(reader.Position, reader.ReadLong(), LeastMicros, MostMicros, "us") * TimeSpan.TicksPerMicrosecond);

    /// <summary>Cuts what is finer than a microsecond.</summary>
    public static void WriteTimestampMicros(ref AvroWriter writer, DateTimeOffset value) =>
        writer.WriteLong(Floor((value - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerMicrosecond));

    /// <summary>Date and time of an unnamed time zone; <see cref="DateTimeKind.Unspecified"/>.</summary>
    /// <exception cref="AvroDataException">The number is outside the years 1 to 9999.</exception>
    public static DateTime ReadLocalTimestampMillis(ref AvroReader reader) => ReadTimestampMillis(ref reader).DateTime;

    public static void WriteLocalTimestampMillis(ref AvroWriter writer, DateTime value) =>
        writer.WriteLong(Floor(value.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond));

    /// <summary>Date and time of an unnamed time zone; <see cref="DateTimeKind.Unspecified"/>.</summary>
    /// <exception cref="AvroDataException">The number is outside the years 1 to 9999.</exception>
    public static DateTime ReadLocalTimestampMicros(ref AvroReader reader) => ReadTimestampMicros(ref reader).DateTime;

    public static void WriteLocalTimestampMicros(ref AvroWriter writer, DateTime value) =>
        writer.WriteLong(Floor(value.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond));

    /// <exception cref="AvroDataException">The day is outside the years 1 to 9999.</exception>
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

    /// <exception cref="AvroDataException">The number is no time of day.</exception>
    public static TimeOnly ReadTimeMillis(ref AvroReader reader) => Time(reader.Position, reader.ReadInt(), TimeSpan.TicksPerMillisecond);

    public static void WriteTimeMillis(ref AvroWriter writer, TimeOnly value) => writer.WriteInt((int)(value.Ticks / TimeSpan.TicksPerMillisecond));

    /// <exception cref="AvroDataException">The number is no time of day.</exception>
    public static TimeOnly ReadTimeMicros(ref AvroReader reader) => Time(reader.Position, reader.ReadLong(), TimeSpan.TicksPerMicrosecond);

    public static void WriteTimeMicros(ref AvroWriter writer, TimeOnly value) => writer.WriteLong(value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <exception cref="AvroDataException">The string is no UUID of 36 characters.</exception>
    public static Guid ReadUuid(ref AvroReader reader)
    {
        int begin = reader.Position;
        ReadOnlySpan<byte> text = reader.ReadBytes();
        if (!Utf8Parser.TryParse(text, out Guid value, out int used, 'D') || used != text.Length)
        {
            AvroReader.Fail("A string is no UUID", begin);
        }

        return value;
    }

    public static void WriteUuid(ref AvroWriter writer, Guid value)
    {
        Span<byte> text = stackalloc byte[UuidCharacters];
        value.TryFormat(text, out int written, "D");
        writer.WriteBytes(text[..written]);
    }

    /// <summary>A UUID in a fixed of 16 bytes, in the order of RFC 4122 (since Avro 1.12).</summary>
    public static Guid ReadUuidFixed(ref AvroReader reader) => new(reader.ReadFixed(UuidBytes), bigEndian: true);

    public static void WriteUuidFixed(ref AvroWriter writer, Guid value)
    {
        Span<byte> bytes = stackalloc byte[UuidBytes];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteFixed(bytes);
    }

    public static AvroDuration ReadDuration(ref AvroReader reader) => AvroDuration.Read(reader.ReadFixed(AvroDuration.Size));

    public static void WriteDuration(ref AvroWriter writer, AvroDuration value)
    {
        Span<byte> bytes = stackalloc byte[AvroDuration.Size];
        value.Write(bytes);
        writer.WriteFixed(bytes);
    }

    private static long Within(int position, long value, long least, long most, string unit)
    {
        if (value < least || value > most)
        {
            AvroReader.Fail($"Timestamp {value} {unit} is outside the years 1 to 9999", position);
        }

        return value;
    }

    private static TimeOnly Time(int position, long value, long ticks)
    {
        if (value < 0 || value >= TimeSpan.TicksPerDay / ticks)
        {
            AvroReader.Fail($"{value} is no time of day", position);
        }

        return new TimeOnly(value * ticks);
    }

    private static long Floor(long value, long unit) => value >= 0 ? value / unit : ((value + 1) / unit) - 1;
}
