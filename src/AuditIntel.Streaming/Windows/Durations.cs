namespace AuditIntel.Streaming;

/// <summary>Checks durations of windows.</summary>
internal static class Durations
{
    public static long PositiveMs(TimeSpan duration, string parameter)
    {
        long ms = NotNegativeMs(duration, parameter);
        return ms > 0 ? ms : throw new ArgumentOutOfRangeException(parameter, duration, $"{parameter} must be at least one millisecond.");
    }

    public static long NotNegativeMs(TimeSpan duration, string parameter) => duration >= TimeSpan.Zero
        ? duration.Ticks / TimeSpan.TicksPerMillisecond
        : throw new ArgumentOutOfRangeException(parameter, duration, $"{parameter} must not be negative.");
}
