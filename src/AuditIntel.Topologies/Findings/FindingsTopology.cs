using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Findings.Duplicates;
using AuditIntel.Topologies.Findings.Similar;
using AuditIntel.Topologies.Serving;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// findings.raw, joined with the contests table, to findings, findings.duplicates and findings.similar, with the findings model as a global table. What cannot
/// become a finding goes to the dead letters, through <see cref="FindingsDeadLetters"/>.
/// </summary>
public static class FindingsTopology
{
    /// <summary>Consumer group of the topology, and prefix of its changelogs.</summary>
    public const string ApplicationId = "auditintel.findings-topology";

    public static Topology Build(FindingsSerdes serdes)
    {
        var builder = new StreamsBuilder();
        var findings = new FindingBuilder(new RuleClassifier());
        var models = new ServingModelSerde<FindingsModel>(serdes.Model, FindingsModelRecord.ModelId, FindingsModelRecord.Read);
        builder.AddGlobalStore(
            FindingsStores.Models, Topics.Models.Name, new Consumed<string, ServingModel<FindingsModel>>(Serdes.Utf8, models) { Name = "models" });
        KTable<string, Contest> contests = builder.Table(
            Topics.Contests.Name, new Consumed<string, Contest>(Serdes.Utf8, serdes.Contest) { Name = "contests-topic" }, FindingsStores.Contests);
        builder.AddStateStore(Stores.KeyValue(FindingsStores.Canonical, Serdes.Utf8, Serdes.Utf8));
        builder.AddStateStore(Stores.KeyValue(FindingsStores.Held, Serdes.Utf8, Serdes.Utf8));
        builder.AddStateStore(Stores.KeyValue(FindingsStores.Known, Serdes.Utf8, DuplicateStateSerdes.Known(serdes.Duplicate)));
        builder.AddStateStore(Stores.OrderedKeyValue(FindingsStores.Log, Serdes.Utf8, DuplicateStateSerdes.Log));
        builder.AddStateStore(Stores.KeyValue(FindingsStores.LogHeads, Serdes.Utf8, DuplicateStateSerdes.Heads));
        builder.AddStateStore(Stores.KeyValue(FindingsStores.SimilarBands, Serdes.Utf8, Serdes.Bytes));

        BranchedStream<string, FindingVerdict> verdicts = builder
            .Stream(Topics.RawFindings.Name, new Consumed<string, RawFinding>(Serdes.Utf8, serdes.Raw) { Name = "raw-findings" })
            .LeftJoin(contests, (_, raw, contest) => findings.Build(raw, contest), "normalise-classify-enrich")
            .Process(
                () => new FindingJudge(serdes.Finding),
                "judge",
                FindingsStores.Canonical,
                FindingsStores.Held,
                FindingsStores.Known,
                FindingsStores.Log,
                FindingsStores.LogHeads)
            .Split("verdict");
        verdicts.Branch((_, verdict) => verdict!.Finding is not null, "unique")
            .MapValues((_, verdict) => verdict!.Finding!, "finding")
            .To(Topics.Findings.Name, new Produced<string, Finding>(Serdes.Utf8, serdes.Finding) { Name = "findings" });
        verdicts.Branch((_, verdict) => verdict!.Duplicate is not null, "duplicates")
            .MapValues((_, verdict) => verdict!.Duplicate!, "duplicate")
            .To(Topics.FindingDuplicates.Name, new Produced<string, FindingDuplicate>(Serdes.Utf8, serdes.Duplicate) { Name = "findings-duplicates" });
        verdicts.DefaultBranch("texts")
            .FlatMap((_, verdict) => verdict!.Notice!.ByBand(), "bands")
            .Repartition(new Repartitioned<string, SimilarityNotice>
            {
                Name = "findings-bands",
                Key = Serdes.Utf8,
                Value = new SimilarityNoticeSerde(serdes.Duplicate),
            })
            .Process(() => new SimilarFindings(), "similar", FindingsStores.SimilarBands)
            .To(Topics.SimilarFindings.Name, new Produced<string, FindingDuplicate>(Serdes.Utf8, serdes.Similar) { Name = "findings-similar" });
        return builder.Build();
    }
}
