namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>How much a channel is given, and how long it is tried.</summary>
internal sealed record ChannelPolicy
{
    /// <summary>Alerts a second.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Alerts that may go at once after a pause.</summary>
    public int Burst { get; init; } = 20;

    /// <summary>Alerts that wait one by one; what comes beyond is folded into a digest.</summary>
    public int Queue { get; init; } = 100;

    /// <summary>Alerts that one digest stands for at most; what comes beyond is set aside.</summary>
    public int Digest { get; init; } = 10_000;

    /// <summary>Limit of one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause after a failed attempt; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause that is not asked for by the other side.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An alert is set aside when the channel has failed for this long since it came.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures in a row that open the circuit.</summary>
    public int BreakAfter { get; init; } = 5;

    /// <summary>How long the channel is then left alone.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(30);
}
