namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Operators without state.</summary>
internal static class StatelessCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("filter lets records through that meet the condition", t => t.Out(t.Stream().Filter((_, v) => v != "b")),
            ["in k=a@1", "in k=b@2", "in k=c@3"], ["k=a@1", "k=c@3"]),
        new("filter sees null keys and values", t => t.Out(t.Stream().Filter((k, v) => k is null || v is null)),
            ["in k=a@1", "in ~=b@2", "in k=~@3"], ["~=b@2", "k=~@3"]),
        new("filterNot lets records through that do not meet the condition", t => t.Out(t.Stream().FilterNot((_, v) => v == "b")),
            ["in k=a@1", "in k=b@2"], ["k=a@1"]),
        new("map changes key and value and keeps the timestamp", t => t.Out(t.Stream().Map((k, v) => (v!, k!))), ["in k=a@7"], ["a=k@7"]),
        new("mapValues changes the value and keeps key and timestamp", t => t.Out(t.Stream().MapValues((k, v) => $"{k}{v}")), ["in k=a@7"], ["k=ka@7"]),
        new("mapValues is asked about tombstones too", t => t.Out(t.Stream().MapValues((_, v) => v ?? "none")), ["in k=~@7"], ["k=none@7"]),
        new("mapValues may make a tombstone", t => t.Out(t.Stream().MapValues((_, _) => (string)null!)), ["in k=a@7"], ["k=~@7"]),
        new("flatMap makes any number of records in order", t => t.Out(t.Stream().FlatMap((k, v) => v!.Select(c => ($"{k}{c}", c.ToString())))),
            ["in k=ab@1", "in m=@2", "in n=c@3"], ["ka=a@1", "kb=b@1", "nc=c@3"]),
        new("flatMapValues makes any number of values under one key", t => t.Out(t.Stream().FlatMapValues((_, v) => v!.Split('-'))),
            ["in k=a-b@1", "in m=c@2"], ["k=a@1", "k=b@1", "m=c@2"]),
        new("selectKey gives a new key and keeps value and timestamp", t => t.Out(t.Stream().SelectKey((_, v) => v![..1])), ["in k=abc@4"], ["a=abc@4"]),
        new("selectKey keeps a tombstone a tombstone", t => t.Out(t.Stream().SelectKey((k, _) => $"new-{k}")), ["in k=~@4"], ["new-k=~@4"]),
        new("peek sees records and lets them pass", t => t.Out(t.Stream().Peek((_, _) => { })), ["in k=a@1"], ["k=a@1"]),
        new("merge gives both streams each in its own order", t => t.Out(t.Stream("a").Merge(t.Stream("b"))),
            ["a k=1@1", "b k=2@2", "a k=3@3"], ["k=1@1", "k=2@2", "k=3@3"]),
        new("a stream may read several topics", t => t.Out(Several(t)), ["a k=1@1", "b k=2@2"], ["k=1@1", "k=2@2"]),
        new("split gives each record to the first branch that fits", Split, ["in k=ab@1", "in k=b@2", "in k=c@3"], ["k=first:ab@1", "k=second:b@2", "k=rest:c@3"]),
        new("a split without default branch drops what fits none", SplitWithoutDefault, ["in k=a@1", "in k=b@2"], ["k=a@1"]),
        new("a stream with two successors gives each record to both in order of declaration", FanOut, ["in k=a@1", "in k=b@2"],
            ["k=1a@1", "k=2a@1", "k=1b@2", "k=2b@2"]),
        new("repartition keeps keys, values, timestamps and order", t => t.Out(t.Stream().Repartition(new() { Name = t.Name("again") })),
            ["in a=1@5", "in b=2@3", "in a=~@9"], ["a=1@5", "b=2@3", "a=~@9"]),
        new("repartition keeps records without key", t => t.Out(t.Stream().SelectKey((_, _) => (string)null!).Repartition()), ["in k=a@5"], ["~=a@5"]),
        new("the topic of an output may be chosen for each record", Routed, ["in k=a@1", "in k=b@2"], ["k=a@1"]),
        new("numbers pass with zero told from nothing", t => t.Out(t.Numbers()), ["in k=0@1", "in k=-5@2"], ["k=0@1", "k=-5@2"]),
    ];

    private static KStream<string, string> Several(CaseTopology t)
    {
        t.Inputs.UnionWith(["a", "b"]);
        return t.Builder.Stream([t.Topic("a"), t.Topic("b")], new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8));
    }

    private static void Split(CaseTopology t)
    {
        BranchedStream<string, string> split = t.Stream().Split(t.Name("split"));
        KStream<string, string> first = split.Branch((_, v) => v!.Contains('a')).MapValues((_, v) => $"first:{v}");
        KStream<string, string> second = split.Branch((_, v) => v!.Contains('b')).MapValues((_, v) => $"second:{v}");
        t.Out(first.Merge(second).Merge(split.DefaultBranch().MapValues((_, v) => $"rest:{v}")));
    }

    private static void SplitWithoutDefault(CaseTopology t) => t.Out(t.Stream().Split().Branch((_, v) => v == "a", t.Name("a")));

    private static void FanOut(CaseTopology t)
    {
        KStream<string, string> stream = t.Stream();
        t.Out(stream.MapValues((_, v) => $"1{v}").Merge(stream.MapValues((_, v) => $"2{v}")));
    }

    private static void Routed(CaseTopology t)
    {
        KStream<string, string> stream = t.Stream();
        t.Out(stream.Filter((_, _) => false));
        t.Inputs.Add("elsewhere");
        stream.To((_, v) => v == "a" ? t.Topic(CaseTopology.Output) : t.Topic("elsewhere"), new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
    }
}
