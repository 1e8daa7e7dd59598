using AuditIntel.Contracts;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// findings.raw, joined with the contests table, to findings and findings.duplicates. What cannot become a finding goes to the dead letters, through
/// <see cref="FindingsDeadLetters"/>.
/// </summary>
public static class FindingsTopology
{
    /// <summary>Consumer group of the topology, and prefix of its changelogs.</summary>
    public const string ApplicationId = "auditintel.findings-topology";

    private const string ContestsStore = "contests";

    public static Topology Build(FindingsSerdes serdes)
    {
        var builder = new StreamsBuilder();
        var findings = new FindingBuilder(new RuleClassifier());
        KTable<string, Contest> contests = builder.Table(
            Topics.Contests.Name, new Consumed<string, Contest>(Serdes.Utf8, serdes.Contest) { Name = "contests-topic" }, ContestsStore);
        builder.AddStateStore(Stores.KeyValue(ExactDeduplicator.CanonicalStore, Serdes.Utf8, Serdes.Utf8));
        builder.AddStateStore(Stores.KeyValue(ExactDeduplicator.HeldStore, Serdes.Utf8, Serdes.Utf8));

        BranchedStream<string, DedupVerdict> verdicts = builder
            .Stream(Topics.RawFindings.Name, new Consumed<string, RawFinding>(Serdes.Utf8, serdes.Raw) { Name = "raw-findings" })
            .LeftJoin(contests, (_, raw, contest) => findings.Build(raw, contest), "normalise-classify-enrich")
            .Process(() => new ExactDeduplicator(), "deduplicate", ExactDeduplicator.CanonicalStore, ExactDeduplicator.HeldStore)
            .Split("verdict");
        verdicts.Branch((_, verdict) => verdict!.CanonicalId is null, "unique")
            .MapValues((_, verdict) => verdict!.Finding, "finding")
            .To(Topics.Findings.Name, new Produced<string, Finding>(Serdes.Utf8, serdes.Finding) { Name = "findings" });
        verdicts.DefaultBranch("duplicates")
            .MapValues((_, verdict) => Duplicate(verdict!), "duplicate")
            .To(Topics.FindingDuplicates.Name, new Produced<string, FindingDuplicate>(Serdes.Utf8, serdes.Duplicate) { Name = "findings-duplicates" });
        return builder.Build();
    }

    private static FindingDuplicate Duplicate(DedupVerdict verdict)
    {
        Finding finding = verdict.Finding;
        return new FindingDuplicate
        {
            Id = finding.Id,
            CanonicalId = verdict.CanonicalId!,
            ContentHash = finding.ContentHash,
            Platform = finding.Platform,
            Contest = finding.Contest,
            NativeId = finding.NativeId,
            Url = finding.Url,
            Authors = finding.Authors,
            SeverityLabel = finding.SeverityLabel,
            Title = finding.Title,
            Method = "exact",
            Similarity = 1,
            Reasons = ["equal title and text but for blanks, line ends, letter case and invisible characters"],
            SourcePath = finding.SourcePath,
            PublishedAt = finding.PublishedAt,
            CollectedAt = finding.CollectedAt,
        };
    }
}
