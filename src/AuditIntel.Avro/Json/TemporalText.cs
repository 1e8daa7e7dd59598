using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Dates and times in ISO 8601.</summary>
internal static class TemporalText
{
    /// <summary>The text, or null when the type is no date or time, or the number is none that .NET knows.</summary>
    public static string? Of(LogicalType logical, long value) => logical switch
    {
        LogicalType.Date when value is >= -719_162 and <= 2_932_896 => At(value * TimeSpan.TicksPerDay, "yyyy-MM-dd"),
        LogicalType.TimeMillis when value is >= 0 and < TimeSpan.MillisecondsPerDay => At(value * TimeSpan.TicksPerMillisecond, "HH:mm:ss.fff"),
        LogicalType.TimeMicros when value is >= 0 and < TimeSpan.MicrosecondsPerDay => At(value * TimeSpan.TicksPerMicrosecond, "HH:mm:ss.ffffff"),
        LogicalType.TimestampMillis when IsMillis(value) => At(value * TimeSpan.TicksPerMillisecond, "yyyy-MM-ddTHH:mm:ss.fffZ"),
        LogicalType.TimestampMicros when IsMicros(value) => At(value * TimeSpan.TicksPerMicrosecond, "yyyy-MM-ddTHH:mm:ss.ffffffZ"),
        LogicalType.LocalTimestampMillis when IsMillis(value) => At(value * TimeSpan.TicksPerMillisecond, "yyyy-MM-ddTHH:mm:ss.fff"),
        LogicalType.LocalTimestampMicros when IsMicros(value) => At(value * TimeSpan.TicksPerMicrosecond, "yyyy-MM-ddTHH:mm:ss.ffffff"),
        _ => null,
    };

    private static bool IsMillis(long value) => value is >= AvroLogical.LeastMillis and <= AvroLogical.MostMillis;

    private static bool IsMicros(long value) => value is >= AvroLogical.LeastMicros and <= AvroLogical.MostMicros;

    private static string At(long ticks, string format) =>
        DateTime.UnixEpoch.AddTicks(ticks).ToString(format.Replace("T", "'T'", StringComparison.Ordinal).Replace("Z", "'Z'", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
