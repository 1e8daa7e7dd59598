namespace AuditIntel.Streaming;

/// <summary>
/// Which records of two streams belong together: a record of the other stream from <see cref="BeforeMs"/> before to <see cref="AfterMs"/> after
/// a record of this one, both ends included.
/// </summary>
public sealed record JoinWindows
{
    private JoinWindows(long beforeMs, long afterMs, long graceMs)
    {
        BeforeMs = beforeMs;
        AfterMs = afterMs;
        GraceMs = graceMs;
        if (beforeMs + afterMs < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(afterMs), afterMs, "The window ends before it begins.");
        }
    }

    /// <summary>May be negative: the other record must then be later.</summary>
    public long BeforeMs { get; }

    /// <summary>May be negative: the other record must then be earlier.</summary>
    public long AfterMs { get; }

    /// <summary>How far stream time may be past the end of a record's window before the record is dropped, and left and outer results are given.</summary>
    public long GraceMs { get; }

    /// <exception cref="ArgumentOutOfRangeException">The difference is negative.</exception>
    public static JoinWindows OfTimeDifferenceWithNoGrace(TimeSpan difference) => OfTimeDifferenceAndGrace(difference, TimeSpan.Zero);

    /// <exception cref="ArgumentOutOfRangeException">A duration is negative.</exception>
    public static JoinWindows OfTimeDifferenceAndGrace(TimeSpan difference, TimeSpan grace)
    {
        long differenceMs = Durations.NotNegativeMs(difference, nameof(difference));
        return new JoinWindows(differenceMs, differenceMs, Durations.NotNegativeMs(grace, nameof(grace)));
    }

    /// <summary>Changes how much earlier the other record may be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window would end before it begins.</exception>
    public JoinWindows Before(TimeSpan difference) => new((long)difference.TotalMilliseconds, AfterMs, GraceMs);

    /// <summary>Changes how much later the other record may be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window would end before it begins.</exception>
    public JoinWindows After(TimeSpan difference) => new(BeforeMs, (long)difference.TotalMilliseconds, GraceMs);
}
