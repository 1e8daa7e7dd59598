namespace AuditIntel.Streaming;

/// <summary>Windows of activity: records of a key that are at most the inactivity gap apart are in one session. Start and end are included.</summary>
public sealed record SessionWindows
{
    private SessionWindows(long gapMs, long graceMs)
    {
        GapMs = gapMs;
        GraceMs = graceMs;
    }

    public long GapMs { get; }

    /// <summary>How far stream time may be past a session's end and gap before the session takes no more records.</summary>
    public long GraceMs { get; }

    /// <exception cref="ArgumentOutOfRangeException">The gap is not at least one millisecond.</exception>
    public static SessionWindows OfInactivityGapWithNoGrace(TimeSpan gap) => OfInactivityGapAndGrace(gap, TimeSpan.Zero);

    /// <exception cref="ArgumentOutOfRangeException">The gap is not at least one millisecond, or the grace is negative.</exception>
    public static SessionWindows OfInactivityGapAndGrace(TimeSpan gap, TimeSpan grace) =>
        new(Durations.PositiveMs(gap, nameof(gap)), Durations.NotNegativeMs(grace, nameof(grace)));
}
