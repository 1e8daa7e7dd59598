using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditIntel.DevStack.Groups;

/// <summary>Limits and delays of groups; Kafka's names in the comments.</summary>
internal sealed record GroupOptions
{
    /// <value>group.min.session.timeout.ms</value>
    public TimeSpan MinSessionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>group.max.session.timeout.ms</value>
    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <value>group.initial.rebalance.delay.ms</value>
    public TimeSpan InitialRebalanceDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <value>offsets.retention.minutes: an empty group's offsets are kept for so long.</value>
    public TimeSpan OffsetsRetention { get; init; } = TimeSpan.FromDays(7);

    /// <value>offset.metadata.max.bytes</value>
    public int MaxOffsetMetadataBytes { get; init; } = 4096;

    /// <value>Hears of rebalances.</value>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
