namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>The other side does not take an alert now. The message holds no secret.</summary>
public sealed class ChannelUnavailableException(string message, TimeSpan? retryAfter = null, bool isThrottled = false) : Exception(message)
{
    /// <summary>How long the other side asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>It is there, but has had enough for now.</summary>
    public bool IsThrottled { get; } = isThrottled;
}
