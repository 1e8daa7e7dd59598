namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Joins of streams within a window; the first three are the table of the Kafka Streams developer guide.</summary>
internal static class StreamJoinCases
{
    /// <summary>The guide's records, within 15 seconds before and after and without grace; a record of another key at the end closes all windows.</summary>
    private static readonly string[] Guide =
    [
        "left k=~@1", "right k=~@2", "left k=A@3", "right k=a@4", "left k=B@5", "right k=b@6", "left k=~@7", "right k=~@8",
        "left k=C@9", "right k=c@10", "right k=~@11", "left k=~@12", "right k=~@13", "right k=d@14", "left k=D@15",
    ];

    private static readonly string[] GuidePairs =
    [
        "k=A+a@4", "k=B+a@5", "k=A+b@6", "k=B+b@6", "k=C+a@9", "k=C+b@9", "k=A+c@10", "k=B+c@10", "k=C+c@10",
        "k=A+d@14", "k=B+d@14", "k=C+d@14", "k=D+a@15", "k=D+b@15", "k=D+c@15", "k=D+d@15",
    ];

    public static IEnumerable<ConformanceCase> All =>
    [
        new("guide: inner join of streams", t => t.Out(Inner(t, 15_000, 0)), Guide, GuidePairs),
        new("guide: left join of streams", t => t.Out(Left(t, 15_000, 0)), Guide, GuidePairs),
        new("guide: outer join of streams", t => t.Out(Outer(t, 15_000, 0)), Guide, GuidePairs),
        new("both ends of the join window are included", t => t.Out(Inner(t, 10, 0)),
            ["left k=A@20", "right k=a@30", "right k=b@31", "right m=x@31", "left k=B@41", "right k=c@51"], ["k=A+a@30", "k=B+b@41", "k=B+c@51"]),
        new("the result has the later timestamp of the two records", t => t.Out(Inner(t, 10, 10)), ["left k=A@20", "right k=a@15"], ["k=A+a@20"]),
        new("before and after may differ", t => t.Out(Inner(t, JoinWindows.OfTimeDifferenceAndGrace(Ms(0), Ms(100)).After(Ms(10)))),
            ["left k=A@20", "right k=a@30", "right k=b@19", "right k=c@31"], ["k=A+a@30"]),
        new("a join may ask for the past only", t => t.Out(Inner(t, JoinWindows.OfTimeDifferenceAndGrace(Ms(10), Ms(100)).After(Ms(-5)))),
            ["right k=a@10", "right k=b@17", "left k=A@20"], ["k=A+a@20"]),
        new("records of one key and time are all joined", t => t.Out(Inner(t, 10, 0)),
            ["left k=A@5", "left k=B@5", "right k=a@5", "right k=b@5"], ["k=A+a@5", "k=B+a@5", "k=A+b@5", "k=B+b@5"]),
        new("keys are joined with their own records only", t => t.Out(Inner(t, 10, 0)), ["left k=A@5", "right m=a@5", "right k=b@6"], ["k=A+b@6"]),
        new("an inner join drops null keys and values", t => t.Out(Inner(t, 10, 0)),
            ["left ~=A@5", "left k=~@5", "right ~=a@5", "right k=b@6", "left k=B@7"], ["k=B+b@7"]),
        new("an out of order record within the grace is joined", t => t.Out(Inner(t, 10, 20)), ["left k=A@10", "left m=x@30", "right k=a@12"], ["k=A+a@12"]),
        new("a record is late when stream time is past its window and the grace", t => t.Out(Inner(t, 10, 5)),
            ["left k=A@10", "left m=x@30", "right k=a@14", "right k=b@15"], ["k=A+b@15"]),
        new("a left join gives an unmatched record once its window has closed", t => t.Out(Left(t, 10, 0)),
            ["left k=A@10", "right m=x@20", "right m=y@21"], ["k=A+@10"]),
        new("a left join gives a matched record only with its match", t => t.Out(Left(t, 10, 0)),
            ["left k=A@10", "right k=a@15", "right m=x@50"], ["k=A+a@15"]),
        new("a left join does not give unmatched records of the right side", t => t.Out(Left(t, 10, 0)),
            ["right k=a@10", "left m=A@50", "left m=B@100"], ["m=A+@50"]),
        new("a left join waits for the grace", t => t.Out(Left(t, 10, 5)), ["left k=A@10", "left m=x@25", "right k=a@15", "left m=y@30"], ["k=A+a@15"]),
        new("a left join gives unmatched records in order of time", t => t.Out(Left(t, 10, 20)),
            ["left k=A@10", "left m=B@5", "right n=x@100"], ["m=B+@5", "k=A+@10"]),
        new("a left join gives a record without key at once", t => t.Out(Left(t, 10, 0)), ["left ~=A@10", "right ~=a@11"], ["~=A+@10"]),
        new("a left join of streams drops records without value", t => t.Out(Left(t, 10, 0)), ["left k=~@10", "right m=x@100"], []),
        new("an outer join gives unmatched records of both sides", t => t.Out(Outer(t, 10, 0)),
            ["left k=A@10", "right m=a@12", "left n=x@100"], ["k=A+@10", "m=+a@12"]),
        new("an outer join gives each side when its own window has closed",
            t => t.Out(Outer(t, JoinWindows.OfTimeDifferenceWithNoGrace(Ms(20)).After(Ms(5)))),
            ["left k=A@10", "right m=a@10", "left n=x@16", "left n=y@31"], ["k=A+@10", "m=+a@10", "n=x+@16"]),
        new("an outer join gives records without key of both sides at once", t => t.Out(Outer(t, 10, 0)),
            ["left ~=A@10", "right ~=a@11"], ["~=A+@10", "~=+a@11"]),
        new("of an outer join's record that meets several only pairs are given", t => t.Out(Outer(t, 10, 0)),
            ["left k=A@10", "left k=B@11", "right k=a@12", "right n=x@100"], ["k=A+a@12", "k=B+a@12"]),
        new("a stream whose keys have changed is repartitioned before it is joined",
            t => t.Out(t.Stream("left").SelectKey((_, v) => v![..1]).Join(t.Stream("right"), (_, l, r) => $"{l}+{r}", Within(10, 0))),
            ["right x=1@10", "left k=xy@11"], ["x=xy+1@11"]),
        new("a joined stream may be aggregated without repartitioning",
            t => t.Out(Inner(t, 10, 0).GroupByKey(new() { Value = Serdes.Utf8 }).Count()),
            ["left k=A@10", "right k=a@11", "right k=b@12"], ["k=1@11", "k=2@12"]),
        new("a stream may be joined with a part of itself", SelfJoin, ["in k=a1@1", "in k=b2@2"], ["k=a1+b2@2"]),
    ];

    private static TimeSpan Ms(long ms) => TimeSpan.FromMilliseconds(ms);

    private static JoinWindows Within(long difference, long grace) => JoinWindows.OfTimeDifferenceAndGrace(Ms(difference), Ms(grace));

    private static KStream<string, string> Inner(CaseTopology t, long difference, long grace) => Inner(t, Within(difference, grace));

    private static KStream<string, string> Inner(CaseTopology t, JoinWindows windows) =>
        t.Stream("left").Join(t.Stream("right"), (_, l, r) => $"{l}+{r}", windows);

    private static KStream<string, string> Left(CaseTopology t, long difference, long grace) =>
        t.Stream("left").LeftJoin(t.Stream("right"), (_, l, r) => $"{l}+{r}", Within(difference, grace));

    private static KStream<string, string> Outer(CaseTopology t, long difference, long grace) => Outer(t, Within(difference, grace));

    private static KStream<string, string> Outer(CaseTopology t, JoinWindows windows) =>
        t.Stream("left").OuterJoin(t.Stream("right"), (_, l, r) => $"{l}+{r}", windows);

    private static void SelfJoin(CaseTopology t)
    {
        KStream<string, string> stream = t.Stream();
        t.Out(stream.Filter((_, v) => v![0] == 'a').Join(stream.Filter((_, v) => v![0] == 'b'), (_, l, r) => $"{l}+{r}", Within(10, 0)));
    }
}
