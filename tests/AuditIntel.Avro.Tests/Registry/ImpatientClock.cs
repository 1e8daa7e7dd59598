namespace AuditIntel.Avro.Tests.Registry;

/// <summary>Pauses end at once; time moves when told.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;

    /// <summary>Pauses are short; deadlines, which are longer, keep their length.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        TimeProvider.System.CreateTimer(callback, state, dueTime < LongestPause ? TimeSpan.Zero : dueTime, period);
}
