namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>A rate with a burst. One owner.</summary>
/// <param name="perSecond">Tokens that come back a second; above 0.</param>
/// <param name="burst">Most tokens; at least 1.</param>
/// <param name="clock">Time.</param>
internal sealed class TokenBucket(double perSecond, int burst, TimeProvider clock)
{
    private double _tokens = burst;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a token, now or after the answer: the time until there is one.</summary>
    public TimeSpan Take()
    {
        long now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        _tokens -= 1;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
