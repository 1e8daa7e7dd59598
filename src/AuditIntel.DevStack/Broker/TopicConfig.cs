using System.Globalization;
using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Broker;

/// <summary>The topic settings of Kafka: names, defaults, which values they take, and what the log makes of them.</summary>
internal static class TopicConfig
{
    /// <summary>Type codes are those of DescribeConfigs.</summary>
    private static readonly (string Name, string Default, sbyte Type, Func<string, bool> IsValid)[] Known =
    [
        ("cleanup.policy", "delete", 7, v => v.Split(',').All(p => p.Trim() is "delete" or "compact")),
        ("compression.type", "producer", 2, v => v is "producer" or "uncompressed" or "gzip" or "snappy" or "lz4" or "zstd"),
        ("delete.retention.ms", "86400000", 5, IsCount),
        ("file.delete.delay.ms", "60000", 5, IsCount),
        ("flush.messages", "9223372036854775807", 5, v => IsNumber(v) && long.Parse(v, CultureInfo.InvariantCulture) > 0),
        ("flush.ms", "9223372036854775807", 5, IsCount),
        ("index.interval.bytes", "4096", 3, IsCount),
        ("max.compaction.lag.ms", "9223372036854775807", 5, IsCount),
        ("max.message.bytes", "1048588", 3, v => int.TryParse(v, CultureInfo.InvariantCulture, out var n) && n >= 0),
        ("message.format.version", "3.0-IV1", 2, _ => true),
        ("message.timestamp.after.max.ms", "9223372036854775807", 5, IsCount),
        ("message.timestamp.before.max.ms", "9223372036854775807", 5, IsCount),
        ("message.timestamp.difference.max.ms", "9223372036854775807", 5, IsCount),
        ("message.timestamp.type", "CreateTime", 2, v => v is "CreateTime" or "LogAppendTime"),
        ("min.cleanable.dirty.ratio", "0.5", 6, v => double.TryParse(v, CultureInfo.InvariantCulture, out var n) && n is >= 0 and <= 1),
        ("min.compaction.lag.ms", "0", 5, IsCount),
        ("min.insync.replicas", "1", 3, v => v is "1"),
        ("preallocate", "false", 1, v => v is "true" or "false"),
        ("retention.bytes", "-1", 5, IsNumber),
        ("retention.ms", "604800000", 5, IsNumber),
        ("segment.bytes", "134217728", 3, v => int.TryParse(v, CultureInfo.InvariantCulture, out var n) && n >= 14),
        ("segment.index.bytes", "10485760", 3, IsCount),
        ("segment.jitter.ms", "0", 5, IsCount),
        ("segment.ms", "604800000", 5, IsCount),
        ("unclean.leader.election.enable", "false", 1, v => v is "true" or "false"),
    ];

    /// <summary>What is wrong with a setting; null when nothing.</summary>
    public static string? Problem(string name, string? value)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
            {
                return value is not null && known.IsValid(value) ? null : $"Value '{value}' is not possible for topic setting '{name}'.";
            }
        }

        return $"Topic setting '{name}' is unknown.";
    }

    /// <summary>Every setting with its value and where that comes from.</summary>
    public static IEnumerable<TopicSetting> Describe(IReadOnlyDictionary<string, string> settings) =>
        Known.Select(k => settings.TryGetValue(k.Name, out var value)
            ? new TopicSetting(k.Name, value, k.Default, k.Type, ConfigSource.Topic)
            : new TopicSetting(k.Name, k.Default, k.Default, k.Type, ConfigSource.Default));

    public static LogSettings ToLogSettings(IReadOnlyDictionary<string, string> settings)
    {
        var policy = Text("cleanup.policy").Split(',', StringSplitOptions.TrimEntries);
        return new()
        {
            SegmentBytes = (int)Number("segment.bytes"),
            SegmentMs = Number("segment.ms"),
            RetentionMs = Number("retention.ms"),
            RetentionBytes = Number("retention.bytes"),
            MaxMessageBytes = (int)Number("max.message.bytes"),
            DeleteRetentionMs = Number("delete.retention.ms"),
            MinCleanableDirtyRatio = double.Parse(Text("min.cleanable.dirty.ratio"), CultureInfo.InvariantCulture),
            Delete = policy.Contains("delete"),
            Compact = policy.Contains("compact"),
            LogAppendTime = Text("message.timestamp.type") == "LogAppendTime",
            FlushMessages = Number("flush.messages"),
            FlushMs = Number("flush.ms"),
            MinCompactionLagMs = Number("min.compaction.lag.ms"),
            MaxCompactionLagMs = Number("max.compaction.lag.ms"),
            TimestampBeforeMaxMs = Math.Min(Number("message.timestamp.before.max.ms"), Number("message.timestamp.difference.max.ms")),
            TimestampAfterMaxMs = Math.Min(Number("message.timestamp.after.max.ms"), Number("message.timestamp.difference.max.ms")),
        };

        string Text(string name) => settings.TryGetValue(name, out var value) ? value : Known.First(k => k.Name == name).Default;

        long Number(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);
    }

    private static bool IsNumber(string value) => long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= -1;

    private static bool IsCount(string value) => IsNumber(value) && value != "-1";
}
