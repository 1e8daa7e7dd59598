using System.Globalization;

namespace AuditIntel.Streaming.State;

/// <summary>Settings of the changelog of a store that forgets.</summary>
internal static class RetainedChangelog
{
    /// <summary>A day more than the store keeps, as Kafka Streams: clocks of brokers and events differ.</summary>
    private static readonly long AdditionalMs = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    public static Dictionary<string, string> Config(long retentionMs) => new()
    {
        ["cleanup.policy"] = "compact,delete",
        ["retention.ms"] = (retentionMs + AdditionalMs).ToString(CultureInfo.InvariantCulture),
    };
}
