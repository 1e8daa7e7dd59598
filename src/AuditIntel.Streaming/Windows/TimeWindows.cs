namespace AuditIntel.Streaming;

/// <summary>
/// Windows of fixed size, aligned to 1970: tumbling when they advance by their size, hopping when by less. The start is included, the end not.
/// </summary>
public sealed record TimeWindows
{
    private TimeWindows(long sizeMs, long advanceMs, long graceMs)
    {
        SizeMs = sizeMs;
        AdvanceMs = advanceMs;
        GraceMs = graceMs;
    }

    public long SizeMs { get; }

    public long AdvanceMs { get; }

    /// <summary>How far stream time may be past a window's end before records of the window are dropped.</summary>
    public long GraceMs { get; }

    /// <summary>Tumbling windows that take no late records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not at least one millisecond.</exception>
    public static TimeWindows OfSizeWithNoGrace(TimeSpan size) => OfSizeAndGrace(size, TimeSpan.Zero);

    /// <summary>Tumbling windows that take records until stream time is <paramref name="grace"/> past their end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not at least one millisecond, or the grace is negative.</exception>
    public static TimeWindows OfSizeAndGrace(TimeSpan size, TimeSpan grace)
    {
        long sizeMs = Durations.PositiveMs(size, nameof(size));
        return new TimeWindows(sizeMs, sizeMs, Durations.NotNegativeMs(grace, nameof(grace)));
    }

    /// <summary>Hopping windows: one begins at every multiple of the interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not within one millisecond and the size.</exception>
    public TimeWindows AdvanceBy(TimeSpan interval)
    {
        long advanceMs = Durations.PositiveMs(interval, nameof(interval));
        return advanceMs <= SizeMs
            ? new TimeWindows(SizeMs, advanceMs, GraceMs)
            : throw new ArgumentOutOfRangeException(nameof(interval), interval, "Windows that advance by more than their size would leave gaps.");
    }

    /// <summary>Start of the earliest window that holds the timestamp; later ones follow every <see cref="AdvanceMs"/> up to the timestamp.</summary>
    internal long FirstStart(long timestampMs) => Math.Max(0, timestampMs - SizeMs + AdvanceMs) / AdvanceMs * AdvanceMs;
}
