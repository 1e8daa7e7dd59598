namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Joins of streams with tables; the first two are the table of the Kafka Streams developer guide.</summary>
internal static class StreamTableJoinCases
{
    /// <summary>The guide's fifteen records: left is the stream, right the table.</summary>
    private static readonly string[] Guide =
    [
        "left k=~@1", "right k=~@2", "left k=A@3", "right k=a@4", "left k=B@5", "right k=b@6", "left k=~@7", "right k=~@8",
        "left k=C@9", "right k=c@10", "right k=~@11", "left k=~@12", "right k=~@13", "right k=d@14", "left k=D@15",
    ];

    public static IEnumerable<ConformanceCase> All =>
    [
        new("guide: inner join of a stream with a table", Inner, Guide, ["k=B+a@5", "k=D+d@15"]),
        new("guide: left join of a stream with a table", Left, Guide, ["k=A+@3", "k=B+a@5", "k=C+@9", "k=D+d@15"]),
        new("the table does not trigger the join", Inner, ["left k=A@1", "right k=a@2"], []),
        new("the result has the timestamp of the stream's record", Inner, ["right k=a@50", "left k=A@60"], ["k=A+a@60"]),
        new("the join sees the newest row of the table", Inner, ["right k=a@1", "right k=b@2", "left k=A@3"], ["k=A+b@3"]),
        new("a deleted row is not joined", Inner, ["right k=a@1", "right k=~@2", "left k=A@3"], []),
        new("an inner join drops records without key", Inner, ["right k=a@1", "left ~=A@2", "left k=B@3"], ["k=B+a@3"]),
        new("a left join joins a record without key with nothing", Left, ["right k=a@1", "left ~=A@2"], ["~=A+@2"]),
        new("a left join drops records without value", Left, ["right k=a@1", "left k=~@2"], []),
        new("keys are joined each with its own row", Inner, ["right a=1@1", "right b=2@2", "left b=B@3", "left a=A@4"], ["b=B+2@3", "a=A+1@4"]),
        new("a stream whose keys have changed is repartitioned before the join",
            t => t.Out(t.Stream("left").SelectKey((_, v) => v![..1]).Join(t.Table("right"), (_, l, r) => $"{l}+{r}")),
            ["right x=1@1", "left k=xyz@2"], ["x=xyz+1@2"]),
        new("a stream joins a filtered table without a store of its own",
            t => t.Out(t.Stream("left").LeftJoin(t.Table("right").Filter((_, v) => v != "hidden"), (_, l, r) => $"{l}+{r}")),
            ["right k=hidden@1", "left k=A@2", "right k=seen@3", "left k=B@4"], ["k=A+@2", "k=B+seen@4"]),
        new("a stream joins a mapped table",
            t => t.Out(t.Stream("left").Join(t.Table("right").MapValues((_, v) => v.ToUpperInvariant()), (_, l, r) => $"{l}+{r}")),
            ["right k=a@1", "left k=A@2"], ["k=A+A@2"]),
        new("a stream joins an aggregation",
            t => t.Out(t.Stream("left").Join(t.Stream("right").GroupByKey().Count(), (_, l, count) => $"{l}+{count}")),
            ["right k=a@1", "left k=A@2", "right k=b@3", "left k=B@4"], ["k=A+1@2", "k=B+2@4"]),
        new("global table: a record is joined with the row of the key it names", GlobalInner,
            ["global 1=one@1", "left k=1@2", "left k=2@3"], ["k=1+one@2"]),
        new("global table: a left join gives records without a row", GlobalLeft,
            ["global 1=one@1", "left k=1@2", "left k=2@3"], ["k=1+one@2", "k=2+@3"]),
        new("global table: the stream's key may be null", GlobalInner, ["global 1=one@1", "left ~=1@2"], ["~=1+one@2"]),
        new("global table: an inner join drops what names no key", GlobalInner, ["global 1=one@1", "left k=none@2"], []),
        new("global table: a left join gives what names no key", GlobalLeft, ["global 1=one@1", "left k=none@2"], ["k=none+@2"]),
        new("global table: a deleted row is not joined", GlobalLeft,
            ["global 1=one@1", "global 1=~@2", "left k=1@3"], ["k=1+@3"]),
    ];

    private static void Inner(CaseTopology t) => t.Out(t.Stream("left").Join(t.Table("right"), (_, l, r) => $"{l}+{r}"));

    private static void Left(CaseTopology t) => t.Out(t.Stream("left").LeftJoin(t.Table("right"), (_, l, r) => $"{l}+{r}"));

    private static void GlobalInner(CaseTopology t) =>
        t.Out(t.Stream("left").Join(t.Global(), (_, v) => v == "none" ? null : v, (_, l, r) => $"{l}+{r}"));

    private static void GlobalLeft(CaseTopology t) =>
        t.Out(t.Stream("left").LeftJoin(t.Global(), (_, v) => v == "none" ? null : v, (_, l, r) => $"{l}+{r}"));
}
