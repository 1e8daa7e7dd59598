namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Joins of tables; the first three are the table of the Kafka Streams developer guide.</summary>
internal static class TableJoinCases
{
    private static readonly string[] Guide =
    [
        "left k=~@1", "right k=~@2", "left k=A@3", "right k=a@4", "left k=B@5", "right k=b@6", "left k=~@7", "right k=~@8",
        "left k=C@9", "right k=c@10", "right k=~@11", "left k=~@12", "right k=~@13", "right k=d@14", "left k=D@15",
    ];

    public static IEnumerable<ConformanceCase> All =>
    [
        new("guide: inner join of tables", Inner, Guide, ["k=A+a@4", "k=B+a@5", "k=B+b@6", "k=~@7", "k=C+c@10", "k=~@11", "k=D+d@15"]),
        new("guide: left join of tables", Left, Guide,
            ["k=A+@3", "k=A+a@4", "k=B+a@5", "k=B+b@6", "k=~@7", "k=C+@9", "k=C+c@10", "k=C+@11", "k=~@12", "k=D+d@15"]),
        new("guide: outer join of tables", Outer, Guide,
            ["k=A+@3", "k=A+a@4", "k=B+a@5", "k=B+b@6", "k=+b@7", "k=~@8", "k=C+@9", "k=C+c@10", "k=C+@11", "k=~@12", "k=+d@14", "k=D+d@15"]),
        new("the result has the later timestamp of the two rows", Inner, ["left k=A@10", "right k=a@5", "right k=b@20"], ["k=A+a@10", "k=A+b@20"]),
        new("an out of order update is joined with the row as it is", Inner, ["left k=A@10", "right k=a@11", "left k=B@3"], ["k=A+a@11", "k=B+a@11"]),
        new("records without key change no table", Inner, ["left ~=A@1", "right k=a@2", "left k=B@3"], ["k=B+a@3"]),
        new("a deletion on either side deletes the row of an inner join once", Inner,
            ["left k=A@1", "right k=a@2", "right k=~@3", "left k=~@4"], ["k=A+a@2", "k=~@3"]),
        new("a stored join gives the same", t => t.Out(t.Table("left").Join(t.Table("right"), (_, l, r) => $"{l}+{r}", Stored(t))),
            ["left k=A@1", "right k=a@2", "left k=~@3"], ["k=A+a@2", "k=~@3"]),
        new("a join of a filtered table follows the filter",
            t => t.Out(t.Table("left").Filter((_, v) => v != "x").Join(t.Table("right"), (_, l, r) => $"{l}+{r}")),
            ["left k=A@1", "right k=a@2", "left k=x@3"], ["k=A+a@2", "k=~@3"]),
        new("a join of a join sees all three tables",
            t => t.Out(t.Table("left").Join(t.Table("right"), (_, l, r) => $"{l}+{r}").Join(t.Table("third"), (_, l, r) => $"{l}+{r}")),
            ["left k=A@1", "right k=a@2", "third k=1@3", "right k=b@4"], ["k=A+a+1@3", "k=A+b+1@4"]),
        new("aggregations are joined as tables",
            t => t.Out(t.Stream("left").GroupByKey().Count().Join(t.Stream("right").GroupByKey().Count(), (_, l, r) => $"{l}+{r}")),
            ["left k=x@1", "right k=x@2", "left k=x@3"], ["k=1+1@2", "k=2+1@3"]),
        new("a joined table may be grouped again",
            t => t.Out(t.Table("left").Join(t.Table("right"), (_, l, r) => l + r)
                .GroupBy((k, v) => (v, k), new() { Key = Serdes.Utf8, Value = Serdes.Utf8 }).Count()),
            ["left a=x@1", "right a=y@2", "left b=x@3", "right b=y@4", "left a=z@5"], ["xy=1@2", "xy=2@4", "xy=1@5", "zy=1@5"]),
    ];

    private static Materialized<string, string> Stored(CaseTopology t) => Materialized.As(t.Name("joined"), Serdes.Utf8, Serdes.Utf8);

    private static void Inner(CaseTopology t) => t.Out(t.Table("left").Join(t.Table("right"), (_, l, r) => $"{l}+{r}"));

    private static void Left(CaseTopology t) => t.Out(t.Table("left").LeftJoin(t.Table("right"), (_, l, r) => $"{l}+{r}"));

    private static void Outer(CaseTopology t) => t.Out(t.Table("left").OuterJoin(t.Table("right"), (_, l, r) => $"{l}+{r}"));
}
