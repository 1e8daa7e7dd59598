using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests;

public sealed class OperatorTests
{
    private static readonly Consumed<string, string> Text = new(Serdes.Utf8, Serdes.Utf8);
    private static readonly Produced<string, string> ToText = new(Serdes.Utf8, Serdes.Utf8);

    [Fact]
    public void StatelessChain_ShouldFilterMapAndFlatten()
    {
        (string? Key, string? Value)[] output = Run(
            stream => stream
                .Filter((_, value) => value != "drop")
                .FilterNot((_, value) => value == "drop too")
                .MapValues((_, value) => value!.ToUpperInvariant())
                .FlatMapValues((_, value) => value!.Split(' '))
                .Map((key, value) => (key + "!", value!)),
            ("k", "a b"), ("k", "drop"), ("k", "drop too"), ("m", "c"));
        Assert.Equal([("k!", "A"), ("k!", "B"), ("m!", "C")], output);
    }

    [Fact]
    public void Merge_ShouldKeepBothStreams()
    {
        var builder = new StreamsBuilder();
        KStream<string, string> a = builder.Stream("a", Text);
        a.Merge(builder.Stream("b", Text)).To("out", ToText);
        var driver = new TopologyTestDriver(builder.Build());
        driver.Input("a", Serdes.Utf8, Serdes.Utf8).Pipe("k", "1");
        driver.Input("b", Serdes.Utf8, Serdes.Utf8).Pipe("k", "2");
        Assert.Equal(["1", "2"], driver.Output("out", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
    }

    [Fact]
    public void Split_ShouldTakeTheFirstBranchThatFits()
    {
        var builder = new StreamsBuilder();
        BranchedStream<string, string> split = builder.Stream("in", Text).Split();
        split.Branch((_, value) => value!.StartsWith('a'), "a").To("out-a", ToText);
        split.Branch((_, value) => value!.Length > 1, "long").To("out-long", ToText);
        split.DefaultBranch("rest").To("out-rest", ToText);
        var driver = new TopologyTestDriver(builder.Build());
        foreach (string value in new[] { "abc", "bcd", "c" })
        {
            driver.Input("in", Serdes.Utf8, Serdes.Utf8).Pipe("k", value);
        }

        Assert.Equal("abc", Assert.Single(driver.Output("out-a", Serdes.Utf8, Serdes.Utf8).ReadAll()).Value);
        Assert.Equal("bcd", Assert.Single(driver.Output("out-long", Serdes.Utf8, Serdes.Utf8).ReadAll()).Value);
        Assert.Equal("c", Assert.Single(driver.Output("out-rest", Serdes.Utf8, Serdes.Utf8).ReadAll()).Value);
    }

    [Theory]
    [InlineData(false, new[] { "1-x", "3-y" })]
    [InlineData(true, new[] { "0-", "1-x", "3-y", "4-" })]
    public void StreamTableJoin_ShouldSeeTheTableAsItIsAtThatMoment(bool left, string[] expected)
    {
        var builder = new StreamsBuilder();
        KTable<string, string> table = builder.Table("table", Text, "store");
        KStream<string, string> stream = builder.Stream("in", Text);
        (left
            ? stream.LeftJoin(table, (_, value, other) => $"{value}-{other}")
            : stream.Join(table, (_, value, other) => $"{value}-{other}")).To("out", ToText);
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> tableInput = driver.Input("table", Serdes.Utf8, Serdes.Utf8);
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);

        input.Pipe("k", "0");
        tableInput.Pipe("k", "x");
        input.Pipe("k", "1");
        input.Pipe("k", null);
        tableInput.Pipe(null, "a record without key says nothing of a table");
        tableInput.Pipe("k", "y");
        input.Pipe("k", "3");
        tableInput.Pipe("k", null);
        input.Pipe("k", "4");
        Assert.Equal(expected, driver.Output("out", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
    }

    [Fact]
    public void Table_ShouldGiveItsChanges_DeletionsIncluded()
    {
        var builder = new StreamsBuilder();
        builder.Table("table", Text, "store").ToStream().To("out", ToText);
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("table", Serdes.Utf8, Serdes.Utf8);
        input.Pipe("k", "1", 10);
        input.Pipe("k", null, 20);
        Assert.Equal([("1", 10L), (null, 20L)], driver.Output("out", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => (record.Value, record.TimestampMs)));
        Assert.Equal(0, driver.Store<string, string>("store").Count);
    }

    [Fact]
    public void Processor_ShouldCountInItsStore_AndLogEveryChange()
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        builder.Stream("in", Text).Process(() => new Counter(), "count", "counts").To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var driver = new TopologyTestDriver(builder.Build(), applicationId: "app");
        foreach (string key in new[] { "a", "b", "a" })
        {
            driver.Input("in", Serdes.Utf8, Serdes.Utf8).Pipe(key, "x");
        }

        Assert.Equal([1, 1, 2], driver.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => record.Value));
        Assert.True(driver.Store<string, long>("counts").TryGet("a", out long count));
        Assert.Equal(2, count);
        Assert.Equal(3, driver.ReadRaw("app-counts-changelog").Count);
    }

    [Fact]
    public void Processor_ShouldBeRefusedAStoreItDidNotName()
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        KStream<string, string> stream = builder.Stream("in", Text);
        stream.Process(() => new Counter(), "named", "counts");
        stream.Process(() => new Counter(), "unnamed");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new TopologyTestDriver(builder.Build()));
        Assert.Contains("'unnamed' is not connected with the store 'counts'", error.Message);
    }

    [Fact]
    public void FailedRecord_ShouldBecomeADeadLetterWithItsBytes_AndOthersGoOn()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", new Consumed<string, long>(Serdes.Utf8, Serdes.Int64))
            .MapValues((_, value) => value == 2 ? throw new InvalidOperationException("two") : value)
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var stages = new List<ErrorStage>();
        var driver = new TopologyTestDriver(builder.Build(), error =>
        {
            stages.Add(error.Stage);
            return ErrorResponse.DeadLetter("in.dlq", error.Key, error.Value, []);
        });
        driver.Input("in", Serdes.Utf8, Serdes.Bytes).Pipe("k", [1, 2, 3]);
        driver.Input("in", Serdes.Utf8, Serdes.Int64).Pipe("k", 2);
        driver.Input("in", Serdes.Utf8, Serdes.Int64).Pipe("k", 3);
        Assert.Equal([ErrorStage.Deserialize, ErrorStage.Process], stages);
        Assert.Equal([1, 2, 3], driver.ReadRaw("in.dlq")[0].Value!);
        Assert.Equal(3, Assert.Single(driver.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll()).Value);
    }

    [Fact]
    public void FailedRecord_ShouldStopTheTopology_WhenNobodyHandlesIt()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", new Consumed<string, long>(Serdes.Utf8, Serdes.Int64));
        var driver = new TopologyTestDriver(builder.Build());
        StreamsException error = Assert.Throws<StreamsException>(() => driver.Input("in", Serdes.Utf8, Serdes.Bytes).Pipe("k", [1]));
        Assert.Contains("in[0] offset 0", error.Message);
    }

    [Fact]
    public void Builder_ShouldRefuseNamesThatStandTwice()
    {
        var builder = new StreamsBuilder();
        KStream<string, string> stream = builder.Stream("in", Text).Filter((_, _) => true, "name");
        Assert.Throws<StreamsException>(() => stream.Filter((_, _) => true, "name"));
        Assert.Throws<StreamsException>(() => builder.Stream("in", Text));
        builder.AddStateStore(Stores.KeyValue("store", Serdes.Utf8, Serdes.Utf8));
        Assert.Throws<StreamsException>(() => builder.AddStateStore(Stores.KeyValue("store", Serdes.Utf8, Serdes.Utf8)));
        Assert.Throws<StreamsException>(builder.Build);
    }

    [Fact]
    public void Topology_ShouldDescribeItselfAsKafkaStreamsDoes()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text).Filter((_, _) => true).To("out", ToText);
        Assert.Equal(
            """
            Topologies:
               Sub-topology: 0
                Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                  --> KSTREAM-FILTER-0000000001
                Processor: KSTREAM-FILTER-0000000001 (stores: [])
                  --> KSTREAM-SINK-0000000002
                  <-- KSTREAM-SOURCE-0000000000
                Sink: KSTREAM-SINK-0000000002 (topic: out)
                  <-- KSTREAM-FILTER-0000000001


            """,
            builder.Build().Describe());
    }

    private static (string? Key, string? Value)[] Run(
        Func<KStream<string, string>, KStream<string, string>> build, params (string Key, string Value)[] records)
    {
        var builder = new StreamsBuilder();
        build(builder.Stream("in", Text)).To("out", ToText);
        var driver = new TopologyTestDriver(builder.Build());
        foreach ((string key, string value) in records)
        {
            driver.Input("in", Serdes.Utf8, Serdes.Utf8).Pipe(key, value);
        }

        return [.. driver.Output("out", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => (record.Key, record.Value))];
    }
}
