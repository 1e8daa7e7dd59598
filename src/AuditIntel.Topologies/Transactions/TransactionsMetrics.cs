using System.Diagnostics.Metrics;

namespace AuditIntel.Topologies.Transactions;

/// <summary>Counters of the topology, meter <c>AuditIntel.Topologies.Transactions</c>.</summary>
internal static class TransactionsMetrics
{
    private static readonly Meter Meter = new("AuditIntel.Topologies.Transactions");

    public static Counter<long> Scored { get; } = Meter.CreateCounter<long>("transactions.scored", "{transaction}", "Transactions scored");

    public static Counter<long> Retracted { get; } = Meter.CreateCounter<long>("transactions.retracted", "{transaction}", "Transactions taken back after a reorganisation");

    public static Counter<long> Ignored { get; } = Meter.CreateCounter<long>("transactions.ignored", "{record}", "Records that change nothing, by reason");

    public static KeyValuePair<string, object?> Duplicate { get; } = new("reason", "duplicate");

    public static KeyValuePair<string, object?> UnknownRetraction { get; } = new("reason", "unknown-retraction");
}
