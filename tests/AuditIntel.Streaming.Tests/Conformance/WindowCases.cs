namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Tumbling, hopping and sliding windows.</summary>
internal static class WindowCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("tumbling windows include their start and exclude their end", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in a=x@100", "in a=x@109", "in a=x@110"], ["[a@100/110]=1@100", "[a@100/110]=2@109", "[a@110/120]=1@110"]),
        new("tumbling windows are aligned to 1970", t => t.Out(Tumbling(t, 10, 0).Count()), ["in a=x@27"], ["[a@20/30]=1@27"]),
        new("windows are kept by key", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in a=x@1", "in b=x@2", "in a=x@3"], ["[a@0/10]=1@1", "[b@0/10]=1@2", "[a@0/10]=2@3"]),
        new("a record within the grace goes into its window", t => t.Out(Tumbling(t, 10, 5).Count()),
            ["in a=x@1", "in a=x@14", "in a=x@2"], ["[a@0/10]=1@1", "[a@10/20]=1@14", "[a@0/10]=2@2"]),
        new("a record is late when stream time reaches end and grace", t => t.Out(Tumbling(t, 10, 5).Count()),
            ["in a=x@1", "in a=x@15", "in a=x@2"], ["[a@0/10]=1@1", "[a@10/20]=1@15"]),
        new("without grace a record is late when the next window has begun", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in a=x@10", "in a=x@9"], ["[a@10/20]=1@10"]),
        new("lateness counts by stream time of all keys", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in a=x@1", "in b=x@30", "in a=x@2"], ["[a@0/10]=1@1", "[b@30/40]=1@30"]),
        new("an out of order record within its window keeps the window's timestamp", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in a=x@8", "in a=x@3"], ["[a@0/10]=1@8", "[a@0/10]=2@8"]),
        new("windowed counts ignore null keys and values", t => t.Out(Tumbling(t, 10, 0).Count()),
            ["in ~=x@1", "in a=~@2", "in a=x@3"], ["[a@0/10]=1@3"]),
        new("windowed reduce combines within a window only", t => t.Out(Tumbling(t, 10, 0).Reduce((sum, v) => sum + v)),
            ["in a=x@1", "in a=y@2", "in a=z@11"], ["[a@0/10]=x@1", "[a@0/10]=xy@2", "[a@10/20]=z@11"]),
        new("windowed aggregate begins each window with the initial value",
            t => t.Out(Tumbling(t, 10, 0).Aggregate(() => ">", (_, v, sum) => sum + v, Materialized.With(Serdes.Utf8, Serdes.Utf8))),
            ["in a=x@1", "in a=y@2", "in a=z@11"], ["[a@0/10]=>x@1", "[a@0/10]=>xy@2", "[a@10/20]=>z@11"]),
        new("hopping windows overlap and give the earliest first", t => t.Out(Hopping(t, 10, 5, 0).Count()),
            ["in a=x@7", "in a=x@12"], ["[a@0/10]=1@7", "[a@5/15]=1@7", "[a@5/15]=2@12", "[a@10/20]=1@12"]),
        new("hopping windows do not begin before 1970", t => t.Out(Hopping(t, 10, 5, 0).Count()), ["in a=x@3"], ["[a@0/10]=1@3"]),
        new("a record may be late for some of its hopping windows", t => t.Out(Hopping(t, 10, 5, 0).Count()),
            ["in a=x@11", "in a=x@8"], ["[a@5/15]=1@11", "[a@10/20]=1@11", "[a@5/15]=2@11"]),
        new("hopping windows may leave their size unaligned", t => t.Out(Hopping(t, 10, 3, 0).Count()),
            ["in a=x@10"], ["[a@3/13]=1@10", "[a@6/16]=1@10", "[a@9/19]=1@10"]),
        new("emission on close gives nothing while the window is open",
            t => t.Out(Tumbling(t, 10, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()), ["in a=x@1", "in a=x@9"], []),
        new("emission on close gives the window once when stream time reaches its end",
            t => t.Out(Tumbling(t, 10, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@1", "in a=x@9", "in a=x@10", "in a=x@11"], ["[a@0/10]=2@9"]),
        new("emission on close waits for the grace", t => t.Out(Tumbling(t, 10, 5).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@1", "in a=x@14", "in a=x@2", "in a=x@15"], ["[a@0/10]=2@2"]),
        new("emission on close gives windows by start then by key",
            t => t.Out(Tumbling(t, 10, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in b=x@1", "in a=x@2", "in a=x@100"], ["[a@0/10]=1@2", "[b@0/10]=1@1"]),
        new("emission on close gives all windows that a jump of time closes",
            t => t.Out(Hopping(t, 10, 5, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@7", "in a=x@1000"], ["[a@0/10]=1@7", "[a@5/15]=1@7"]),
        new("sliding: a single record has one window that ends with it", t => t.Out(Sliding(t, 10, 0).Count()), ["in a=x@20"], ["[a@10/20]=1@20"]),
        new("sliding: two records within the difference have a window each and one together", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@20", "in a=x@25"], ["[a@10/20]=1@20", "[a@21/31]=1@25", "[a@15/25]=2@25"]),
        new("sliding: both ends are included", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@20", "in a=x@30"], ["[a@10/20]=1@20", "[a@21/31]=1@30", "[a@20/30]=2@30"]),
        new("sliding: records further apart share no window", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@20", "in a=x@31"], ["[a@10/20]=1@20", "[a@21/31]=1@31"]),
        new("sliding: records of one time share their window", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@20", "in a=x@20"], ["[a@10/20]=1@20", "[a@10/20]=2@20"]),
        new("sliding: an out of order record goes into the windows around it", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@20", "in a=x@30", "in a=x@25"],
            ["[a@10/20]=1@20", "[a@21/31]=1@30", "[a@20/30]=2@30", "[a@21/31]=2@30", "[a@20/30]=3@30", "[a@26/36]=1@30", "[a@15/25]=2@25"]),
        new("sliding: early records share the window that begins at zero", t => t.Out(Sliding(t, 10, 50).Count()),
            ["in a=x@3", "in a=x@5"], ["[a@0/10]=1@3", "[a@4/14]=1@5", "[a@0/10]=2@5"]),
        new("sliding: a record is late when no window of it is open", t => t.Out(Sliding(t, 10, 5).Count()),
            ["in a=x@100", "in a=x@84", "in a=x@85"], ["[a@90/100]=1@100"]),
        new("sliding: emission on close gives a window once stream time has passed its end",
            t => t.Out(Sliding(t, 10, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@20", "in a=x@20", "in a=x@21"], ["[a@10/20]=2@20"]),
    ];

    private static TimeSpan Ms(long ms) => TimeSpan.FromMilliseconds(ms);

    private static TimeWindowedKStream<string, string> Tumbling(CaseTopology t, long size, long grace) =>
        t.Stream().GroupByKey().WindowedBy(TimeWindows.OfSizeAndGrace(Ms(size), Ms(grace)));

    private static TimeWindowedKStream<string, string> Hopping(CaseTopology t, long size, long advance, long grace) =>
        t.Stream().GroupByKey().WindowedBy(TimeWindows.OfSizeAndGrace(Ms(size), Ms(grace)).AdvanceBy(Ms(advance)));

    private static SlidingWindowedKStream<string, string> Sliding(CaseTopology t, long difference, long grace) =>
        t.Stream().GroupByKey().WindowedBy(SlidingWindows.OfTimeDifferenceAndGrace(Ms(difference), Ms(grace)));
}
