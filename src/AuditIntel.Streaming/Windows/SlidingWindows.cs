namespace AuditIntel.Streaming;

/// <summary>
/// Windows that follow the records: each holds the records of a key that are at most the time difference apart. Start and end are included.
/// </summary>
public sealed record SlidingWindows
{
    private SlidingWindows(long timeDifferenceMs, long graceMs)
    {
        TimeDifferenceMs = timeDifferenceMs;
        GraceMs = graceMs;
    }

    public long TimeDifferenceMs { get; }

    /// <summary>How far stream time may be past a window's end before the window takes no more records.</summary>
    public long GraceMs { get; }

    /// <exception cref="ArgumentOutOfRangeException">A duration is negative.</exception>
    public static SlidingWindows OfTimeDifferenceWithNoGrace(TimeSpan timeDifference) => OfTimeDifferenceAndGrace(timeDifference, TimeSpan.Zero);

    /// <exception cref="ArgumentOutOfRangeException">A duration is negative.</exception>
    public static SlidingWindows OfTimeDifferenceAndGrace(TimeSpan timeDifference, TimeSpan grace) =>
        new(Durations.NotNegativeMs(timeDifference, nameof(timeDifference)), Durations.NotNegativeMs(grace, nameof(grace)));
}
