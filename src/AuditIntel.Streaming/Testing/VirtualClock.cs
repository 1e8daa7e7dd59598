namespace AuditIntel.Streaming.Testing;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(TimeSpan by) => _now = by >= TimeSpan.Zero
        ? _now + by
        : throw new ArgumentOutOfRangeException(nameof(by), by, "Time does not go back.");
}
