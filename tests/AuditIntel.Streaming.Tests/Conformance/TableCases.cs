namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Tables, and what is made of them.</summary>
internal static class TableCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("a table gives every change of its topic", t => t.Out(t.Table()), ["in a=x@1", "in a=y@2"], ["a=x@1", "a=y@2"]),
        new("a table gives deletions as tombstones", t => t.Out(t.Table()), ["in a=x@1", "in a=~@2"], ["a=x@1", "a=~@2"]),
        new("a table ignores records without key", t => t.Out(t.Table()), ["in ~=x@1", "in a=x@2"], ["a=x@2"]),
        new("a table takes the later offset whatever the timestamps say", t => t.Out(t.Table()), ["in a=x@10", "in a=y@5"], ["a=x@10", "a=y@5"]),
        new("a table's filter deletes what does not meet the condition", t => t.Out(t.Table().Filter((_, v) => v == "x")),
            ["in a=x@1", "in a=y@2"], ["a=x@1", "a=~@2"]),
        new("a table's filter gives a tombstone for a value it drops", t => t.Out(t.Table().Filter((_, v) => v == "x")), ["in a=y@1"], ["a=~@1"]),
        new("a stored filter gives no tombstone where there was nothing", t => t.Out(t.Table().Filter((_, v) => v == "x", Stored(t))),
            ["in a=y@1", "in a=x@2", "in a=y@3", "in a=y@4"], ["a=x@2", "a=~@3"]),
        new("a table's filterNot keeps what does not meet the condition", t => t.Out(t.Table().FilterNot((_, v) => v == "x", Stored(t))),
            ["in a=y@1", "in a=x@2"], ["a=y@1", "a=~@2"]),
        new("a table's filter is not asked about tombstones", t => t.Out(t.Table().Filter((_, v) => v.Length > 0)), ["in a=x@1", "in a=~@2"], ["a=x@1", "a=~@2"]),
        new("a table's mapValues changes values and passes deletions", t => t.Out(t.Table().MapValues((k, v) => k + v)),
            ["in a=x@1", "in a=~@2"], ["a=ax@1", "a=~@2"]),
        new("a stored mapValues gives the same", t => t.Out(t.Table().MapValues((k, v) => k + v, Stored(t))), ["in a=x@1", "in a=~@2"], ["a=ax@1", "a=~@2"]),
        new("mapValues to null deletes", t => t.Out(t.Table().MapValues((_, v) => v == "none" ? null! : v)), ["in a=x@1", "in a=none@2"], ["a=x@1", "a=~@2"]),
        new("toTable keeps the newest value of a stream", t => t.Out(t.Stream().ToTable()), ["in a=x@1", "in a=y@2", "in a=~@3"], ["a=x@1", "a=y@2", "a=~@3"]),
        new("toTable ignores records without key", t => t.Out(t.Stream().ToTable()), ["in ~=x@1", "in a=x@2"], ["a=x@2"]),
        new("toTable after a change of keys repartitions", t => t.Out(t.Stream().SelectKey((_, v) => v!).ToTable()), ["in a=x@1", "in b=x@2"], ["x=x@1", "x=x@2"]),
        new("toStream may choose new keys", t => t.Out(t.Table().ToStream((k, v) => $"{k}-{v}")), ["in a=x@1"], ["a-x=x@1"]),
        new("a count's deletion is told from zero",
            t => t.Out(t.Table().GroupBy((k, v) => (v, k), new() { Key = Serdes.Utf8, Value = Serdes.Utf8 }).Count().Filter((_, count) => count > 0)),
            ["in a=x@1", "in a=~@2"], ["x=1@1", "x=~@2"]),
    ];

    private static Materialized<string, string> Stored(CaseTopology t) => Materialized.As(t.Name("stored"), Serdes.Utf8, Serdes.Utf8);
}
