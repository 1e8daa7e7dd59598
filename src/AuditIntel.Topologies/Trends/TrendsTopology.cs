using AuditIntel.Contracts;
using AuditIntel.Intelligence.Trends;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Trends;

/// <summary>
/// findings, and findings.duplicates for what is none any more, to insights.trends and insights.emerging. Event time is the day of publication; findings
/// without one are counted apart.
/// </summary>
public static class TrendsTopology
{
    /// <summary>Consumer group of the topology, and prefix of its changelogs.</summary>
    public const string ApplicationId = "auditintel.trends-topology";

    public static Topology Build(TrendsSerdes serdes)
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue(TrendsStores.Counted, Serdes.Utf8, new CountedFindingSerde()));
        builder.AddStateStore(Stores.KeyValue(TrendsStores.Told, Serdes.Utf8, Serdes.Int64));
        builder.AddStateStore(Stores.KeyValue(TrendsStores.Pending, Serdes.Utf8, Serdes.Int64));

        KStream<string, (string Id, CountedFinding Counted)> duplicates = builder
            .Stream(Topics.FindingDuplicates.Name, new Consumed<string, FindingDuplicate>(Serdes.Utf8, serdes.Duplicate) { Name = "findings-duplicates" })
            .MapValues((_, duplicate) => (duplicate!.Id, new CountedFinding(duplicate.CollectedAt.ToUnixTimeMilliseconds(), "")), "counts-for-nothing");

        // Significance is judged over all types and platforms together, so one task has all counts; they are small.
        BranchedStream<string, TrendChange> changes = builder
            .Stream(Topics.Findings.Name, new Consumed<string, Finding>(Serdes.Utf8, serdes.Finding) { Name = "findings" })
            .MapValues((_, finding) => (finding!.Id, new CountedFinding(finding.CollectedAt.ToUnixTimeMilliseconds(), TrendCell.Of(finding).Key())), "counts-for")
            .Merge(duplicates, "all-verdicts")
            .Process(() => new FindingCounter(), "count", TrendsStores.Counted)
            .Repartition(new Repartitioned<string, long> { Name = "trends-cells", Key = Serdes.Utf8, Value = Serdes.Int64, Partitions = 1 })
            .Process(() => new TrendTeller(), "tell", TrendsStores.Told, TrendsStores.Pending)
            .Split("insights");
        changes.Branch((_, change) => change!.IsThreat, "threats")
            .MapValues((_, change) => change!.Threat!, "threat")
            .To(Topics.EmergingThreats.Name, new Produced<string, EmergingThreat>(Serdes.Utf8, serdes.Threat) { Name = "emerging" });
        changes.DefaultBranch("windows")
            .MapValues((_, change) => change!.Trend!, "window")
            .To(Topics.Trends.Name, new Produced<string, FindingTrend>(Serdes.Utf8, serdes.Trend) { Name = "trends" });
        return builder.Build();
    }
}
