namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Aggregations of streams and tables without windows.</summary>
internal static class AggregationCases
{
    private static readonly Grouped<string, string> Text = new() { Key = Serdes.Utf8, Value = Serdes.Utf8 };

    public static IEnumerable<ConformanceCase> All =>
    [
        new("count gives every update of a key", t => t.Out(t.Stream().GroupByKey().Count()),
            ["in a=x@1", "in b=x@2", "in a=x@3"], ["a=1@1", "b=1@2", "a=2@3"]),
        new("count ignores records without key", t => t.Out(t.Stream().GroupByKey().Count()), ["in ~=x@1", "in a=x@2"], ["a=1@2"]),
        new("count ignores records without value", t => t.Out(t.Stream().GroupByKey().Count()), ["in a=~@1", "in a=x@2"], ["a=1@2"]),
        new("a result's timestamp is the highest of its records", t => t.Out(t.Stream().GroupByKey().Count()),
            ["in a=x@10", "in a=x@5", "in a=x@12"], ["a=1@10", "a=2@10", "a=3@12"]),
        new("reduce gives the first value as it is and combines the others", t => t.Out(t.Stream().GroupByKey().Reduce((sum, v) => sum + v)),
            ["in a=x@1", "in a=y@2", "in b=z@3"], ["a=x@1", "a=xy@2", "b=z@3"]),
        new("reduce ignores records without value", t => t.Out(t.Stream().GroupByKey().Reduce((sum, v) => sum + v)),
            ["in a=x@1", "in a=~@2", "in a=y@3"], ["a=x@1", "a=xy@3"]),
        new("a reduction to null deletes the key and begins again",
            t => t.Out(t.Stream().GroupByKey().Reduce((sum, v) => v == "end" ? null! : sum + v)),
            ["in a=x@1", "in a=end@2", "in a=y@3"], ["a=x@1", "a=~@2", "a=y@3"]),
        new("aggregate begins with the initial value", t => t.Out(Sum(t)), ["in a=2@1", "in a=3@2"], ["a=102@1", "a=105@2"]),
        new("an aggregate of null deletes the key and begins with the initial value again",
            t => t.Out(t.Stream().GroupByKey().Aggregate(() => "", (_, v, sum) => v == "end" ? null! : sum + v, Materialized.With(Serdes.Utf8, Serdes.Utf8))),
            ["in a=x@1", "in a=end@2", "in a=y@3"], ["a=x@1", "a=~@2", "a=y@3"]),
        new("groupBy counts under the new key through a repartition topic", t => t.Out(t.Stream().GroupBy((_, v) => v!).Count()),
            ["in a=x@1", "in b=x@2", "in c=y@3"], ["x=1@1", "x=2@2", "y=1@3"]),
        new("groupBy drops records whose new key is null", t => t.Out(t.Stream().GroupBy((_, v) => v == "drop" ? null! : v!).Count()),
            ["in a=drop@1", "in a=x@2"], ["x=1@2"]),
        new("groupBy with a name uses one repartition topic for two aggregations", Shared, ["in a=x@1", "in b=x@2"], ["x=1@1", "x=2@2", "x=xx@2"]),
        new("groupByKey after map repartitions", t => t.Out(t.Stream().Map((k, v) => (v!, k!)).GroupByKey(Text).Count()),
            ["in a=x@1", "in b=x@2"], ["x=1@1", "x=2@2"]),
        new("groupByKey after mapValues does not change keys", t => t.Out(t.Stream().MapValues((_, v) => v + v).GroupByKey(Text).Reduce((sum, v) => sum + v)),
            ["in a=x@1", "in a=y@2"], ["a=xx@1", "a=xxyy@2"]),
        new("an aggregation of an aggregation counts updates", t => t.Out(t.Stream().GroupByKey().Count(Uncached<string>()).ToStream().GroupByKey().Count()),
            ["in a=x@1", "in a=x@2"], ["a=1@1", "a=2@2"]),
        new("cogroup aggregates several streams into one result", Cogroup, ["a k=1@1", "b k=2@2", "a k=3@3"], ["k=a1@1", "k=a1b2@2", "k=a1b2a3@3"]),
        new("a grouped table counts rows", t => t.Out(t.Table().GroupBy((k, v) => (v, k), Text).Count()),
            ["in a=x@1", "in b=x@2", "in c=y@3"], ["x=1@1", "x=2@2", "y=1@3"]),
        new("a row that moves to another group is taken out of its old one", t => t.Out(t.Table().GroupBy((k, v) => (v, k), Text).Count()),
            ["in a=x@1", "in b=x@2", "in a=y@3"], ["x=1@1", "x=2@2", "x=1@3", "y=1@3"]),
        new("a deleted row is taken out of its group", t => t.Out(t.Table().GroupBy((k, v) => (v, k), Text).Count()),
            ["in a=x@1", "in a=~@2"], ["x=1@1", "x=0@2"]),
        new("a row that stays in its group changes it once", t => t.Out(Concatenate(t)), ["in a=x1@1", "in a=x2@2"], ["x=+x1@1", "x=+x1-x1+x2@2"]),
        new("a grouped table's reduction subtracts before it adds", t => t.Out(Reduced(t)), ["in a=x1@1", "in b=x5@2", "in a=x2@3"], ["x=1@1", "x=6@2", "x=7@3"]),
        new("rows whose group is null are left out", t => t.Out(t.Table().GroupBy((k, v) => (v == "none" ? null! : v, k), Text).Count()),
            ["in a=none@1", "in b=x@2", "in a=x@3"], ["x=1@2", "x=2@3"]),
        new("a tombstone of an unknown row changes no group", t => t.Out(t.Table().GroupBy((k, v) => (v, k), Text).Count()),
            ["in a=~@1", "in a=x@2"], ["x=1@2"]),
    ];

    private static Materialized<TKey, long> Uncached<TKey>() => new() { IsCachingEnabled = false };

    private static KTable<string, long> Sum(CaseTopology t) =>
        t.Stream().GroupByKey().Aggregate(() => 100L, (_, v, sum) => sum + long.Parse(v), Materialized.With(Serdes.Utf8, Serdes.Int64));

    private static void Shared(CaseTopology t)
    {
        KGroupedStream<string, string> grouped = t.Stream().GroupBy((_, v) => v!, Text with { Name = t.Name("shared") });
        KStream<string, string> counts = grouped.Count().ToStream().MapValues((_, count) => count.ToString());
        t.Out(counts.Merge(grouped.Reduce((sum, v) => sum + v).ToStream().Filter((_, v) => v!.Length > 1)));
    }

    private static void Cogroup(CaseTopology t) => t.Out(
        t.Stream("a").GroupByKey()
            .Cogroup<string>((_, v, sum) => $"{sum}a{v}")
            .Cogroup(t.Stream("b").GroupByKey(), (_, v, sum) => $"{sum}b{v}")
            .Aggregate(() => "", Materialized.With(Serdes.Utf8, Serdes.Utf8)));

    private static KTable<string, string> Concatenate(CaseTopology t) => t.Table()
        .GroupBy((_, v) => (v[..1], v), Text)
        .Aggregate(() => "", (_, v, sum) => $"{sum}+{v}", (_, v, sum) => $"{sum}-{v}", Materialized.With(Serdes.Utf8, Serdes.Utf8));

    private static KTable<string, long> Reduced(CaseTopology t) => t.Table()
        .GroupBy((_, v) => (v[..1], long.Parse(v[1..])), new Grouped<string, long> { Key = Serdes.Utf8, Value = Serdes.Int64 })
        .Reduce((sum, v) => sum + v, (sum, v) => sum - v);
}
