namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Holding updates back.</summary>
internal static class SuppressionCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("until windows close: one result a window when stream time reaches its end", t => t.Out(Windows(t, 10, 0)),
            ["in a=x@1", "in a=x@2", "in a=x@10"], ["[a@0/10]=2@2"]),
        new("until windows close: the grace is waited for", t => t.Out(Windows(t, 10, 5)),
            ["in a=x@1", "in a=x@14", "in a=x@2", "in a=x@15"], ["[a@0/10]=2@2"]),
        new("until windows close: windows are given by end then by key", t => t.Out(Windows(t, 10, 0)),
            ["in b=x@1", "in a=x@2", "in a=x@12", "in a=x@30"], ["[a@0/10]=1@2", "[b@0/10]=1@1", "[a@10/20]=1@12"]),
        new("until windows close: another key's records move stream time", t => t.Out(Windows(t, 10, 0)), ["in a=x@1", "in b=x@10"], ["[a@0/10]=1@1"]),
        new("until windows close: an open window gives nothing", t => t.Out(Windows(t, 10, 0)), ["in a=x@1", "in a=x@9"], []),
        new("until windows close: a late record does not change a final result", t => t.Out(Windows(t, 10, 0)),
            ["in a=x@1", "in a=x@10", "in a=x@2"], ["[a@0/10]=1@1"]),
        new("until windows close: sessions are final when nothing can join them", t => t.Out(Sessions(t)),
            ["in a=x@100", "in a=x@105", "in b=x@115", "in b=x@116"], ["[a@100/105]=2@105"]),
        new("until windows close: merged sessions are given once", t => t.Out(Sessions(t)),
            ["in a=x@100", "in a=x@110", "in a=x@105", "in b=x@200"], ["[a@100/110]=3@110"]),
        new("until windows close: a filter behind it deletes what it drops", t => t.Out(Windows(t, 10, 0).Filter((_, count) => count > 1)),
            ["in a=x@1", "in a=x@2", "in b=x@3", "in c=x@10"], ["[a@0/10]=2@2", "[b@0/10]=~@3"]),
        new("until a time limit: the newest update of a key is given when stream time is past it", t => t.Out(Limited(t, 10)),
            ["in a=x@100", "in a=y@105", "in b=x@110"], ["a=y@105"]),
        new("until a time limit: the limit counts from the first update that waits", t => t.Out(Limited(t, 10)),
            ["in a=x@100", "in a=y@109", "in a=z@110", "in b=x@115"], ["a=z@110"]),
        new("until a time limit: keys are given in order of their first updates", t => t.Out(Limited(t, 10)),
            ["in b=x@100", "in a=x@101", "in b=y@102", "in c=x@120"], ["b=y@102", "a=x@101"]),
        new("until a time limit: what comes late by stream time passes at once", t => t.Out(Limited(t, 10)),
            ["in a=x@100", "in a=y@150", "in c=x@120"], ["a=y@150", "c=x@120"]),
        new("until a time limit: a deletion is held back too", t => t.Out(Limited(t, 10)), ["in a=x@100", "in a=~@105", "in b=x@110"], ["a=~@105"]),
        new("until a time limit of zero: every update passes at once", t => t.Out(Limited(t, 0)), ["in a=x@100", "in a=y@101"], ["a=x@100", "a=y@101"]),
        new("a full buffer gives the oldest early", t => t.Out(t.Table().Suppress(Suppressed.UntilTimeLimit(Ms(1000), BufferConfig.MaxRecords(2)))),
            ["in a=x@100", "in b=x@101", "in a=y@102", "in c=x@103", "in d=x@104"], ["a=y@102", "b=x@101"]),
    ];

    private static TimeSpan Ms(long ms) => TimeSpan.FromMilliseconds(ms);

    private static KTable<Windowed<string>, long> Windows(CaseTopology t, long size, long grace) => t.Stream().GroupByKey()
        .WindowedBy(TimeWindows.OfSizeAndGrace(Ms(size), Ms(grace)))
        .Count()
        .Suppress(Suppressed.UntilWindowCloses(BufferConfig.Unbounded()));

    private static KTable<Windowed<string>, long> Sessions(CaseTopology t) => t.Stream().GroupByKey()
        .WindowedBy(SessionWindows.OfInactivityGapWithNoGrace(Ms(10)))
        .Count()
        .Suppress(Suppressed.UntilWindowCloses(BufferConfig.Unbounded()));

    private static KTable<string, string> Limited(CaseTopology t, long wait) =>
        t.Table().Suppress(Suppressed.UntilTimeLimit(Ms(wait), BufferConfig.Unbounded()));
}
