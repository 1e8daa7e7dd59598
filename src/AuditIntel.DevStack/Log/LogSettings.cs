namespace AuditIntel.DevStack.Log;

/// <summary>The settings of a topic that its partitions' logs obey; names in comments are Kafka's topic configuration keys.</summary>
internal sealed record LogSettings
{
    /// <value>segment.bytes</value>
    public int SegmentBytes { get; init; } = 128 << 20;

    /// <value>segment.ms</value>
    public long SegmentMs { get; init; } = 7L * 24 * 3600 * 1000;

    /// <value>retention.ms; -1 keeps for ever</value>
    public long RetentionMs { get; init; } = 7L * 24 * 3600 * 1000;

    /// <value>retention.bytes; -1 is no limit</value>
    public long RetentionBytes { get; init; } = -1;

    /// <value>max.message.bytes</value>
    public int MaxMessageBytes { get; init; } = 1048588;

    /// <value>delete.retention.ms: how long a compacted topic keeps tombstones</value>
    public long DeleteRetentionMs { get; init; } = 24L * 3600 * 1000;

    /// <value>min.cleanable.dirty.ratio</value>
    public double MinCleanableDirtyRatio { get; init; } = 0.5;

    /// <value>cleanup.policy contains delete</value>
    public bool Delete { get; init; } = true;

    /// <value>cleanup.policy contains compact</value>
    public bool Compact { get; init; }

    /// <value>message.timestamp.type is LogAppendTime</value>
    public bool LogAppendTime { get; init; }

    /// <value>Bytes of the active segment between two checkpoints, from which a start after a crash walks on</value>
    public int CheckpointBytes { get; init; } = 16 << 20;

    /// <value>flush.messages; <see cref="long.MaxValue"/> leaves it to the operating system</value>
    public long FlushMessages { get; init; } = long.MaxValue;

    /// <value>flush.ms; <see cref="long.MaxValue"/> leaves it to the operating system</value>
    public long FlushMs { get; init; } = long.MaxValue;

    /// <value>min.compaction.lag.ms: younger records are not compacted</value>
    public long MinCompactionLagMs { get; init; }

    /// <value>max.compaction.lag.ms: older ones are, however little there is of them</value>
    public long MaxCompactionLagMs { get; init; } = long.MaxValue;

    /// <value>Keys that one round of compaction may remember, 50 bytes each; what comes behind them is for the next round.</value>
    public int CleanerKeys { get; init; } = 2_000_000;

    /// <value>message.timestamp.before.max.ms</value>
    public long TimestampBeforeMaxMs { get; init; } = long.MaxValue;

    /// <value>message.timestamp.after.max.ms</value>
    public long TimestampAfterMaxMs { get; init; } = long.MaxValue;
}
