using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.Dsl;

public sealed class GroupingTests
{
    private static readonly Consumed<string, string> Text = new(Serdes.Utf8, Serdes.Utf8);

    [Fact]
    public void GroupBy_ShouldInsertARepartitionTopic_NamedAsKafkaStreamsDoes()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text).GroupBy((_, value) => value!).Count().ToStream().To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        Assert.Equal(
            """
            Topologies:
               Sub-topology: 0
                Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                  --> KSTREAM-KEY-SELECT-0000000001
                Processor: KSTREAM-KEY-SELECT-0000000001 (stores: [])
                  --> KSTREAM-FILTER-0000000005
                  <-- KSTREAM-SOURCE-0000000000
                Processor: KSTREAM-FILTER-0000000005 (stores: [])
                  --> KSTREAM-SINK-0000000004
                  <-- KSTREAM-KEY-SELECT-0000000001
                Sink: KSTREAM-SINK-0000000004 (topic: KSTREAM-AGGREGATE-STATE-STORE-0000000002-repartition)
                  <-- KSTREAM-FILTER-0000000005

               Sub-topology: 1
                Source: KSTREAM-SOURCE-0000000006 (topics: [KSTREAM-AGGREGATE-STATE-STORE-0000000002-repartition])
                  --> KSTREAM-AGGREGATE-0000000003
                Processor: KSTREAM-AGGREGATE-0000000003 (stores: [KSTREAM-AGGREGATE-STATE-STORE-0000000002])
                  --> KTABLE-TOSTREAM-0000000007
                  <-- KSTREAM-SOURCE-0000000006
                Processor: KTABLE-TOSTREAM-0000000007 (stores: [])
                  --> KSTREAM-SINK-0000000008
                  <-- KSTREAM-AGGREGATE-0000000003
                Sink: KSTREAM-SINK-0000000008 (topic: out)
                  <-- KTABLE-TOSTREAM-0000000007


            """,
            builder.Build().Describe());
    }

    [Fact]
    public void NamedOperations_ShouldGiveStableInternalNames()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupBy((_, value) => value!, new Grouped<string, string> { Name = "by-word" })
            .Count(Materialized.As<string, long>("counts"));
        var driver = new TopologyTestDriver(builder.Build(), applicationId: "app");
        driver.Input("in", Serdes.Utf8, Serdes.Utf8).Pipe("k", "word", 5);
        Assert.Single(driver.ReadRaw("app-by-word-repartition"));
        Assert.Equal(5, Assert.Single(driver.ReadRaw("app-counts-changelog")).TimestampMs);
        Assert.True(driver.Store<string, long>("counts").TryGet("word", out long count));
        Assert.Equal(1, count);
    }

    [Fact]
    public void HoppingWindows_ShouldTakeARecordIntoEachWindowThatHoldsIt()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeWithNoGrace(TimeSpan.FromMilliseconds(10)).AdvanceBy(TimeSpan.FromMilliseconds(5)))
            .Count(Materialized.As<string, long>("counts"))
            .ToStream((key, _) => key.ToString())
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        input.Pipe("k", "x", 3);
        input.Pipe("k", "x", 7);
        Assert.Equal(
            [("[k@0/10]", 1L), ("[k@0/10]", 2L), ("[k@5/15]", 1L)],
            driver.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => (record.Key!, record.Value)));
        Assert.Equal([0, 5], driver.WindowStore<string, long>("counts").Fetch("k", 0, 100).Select(pair => pair.Key.StartMs));
    }

    [Fact]
    public void LateRecord_ShouldBeDroppedAndCounted()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeAndGrace(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(5)))
            .Count(Materialized.As<string, long>("counts"));
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        input.Pipe("k", "x", 14);
        input.Pipe("k", "within grace", 1);
        input.Pipe("k", "x", 15);
        input.Pipe("k", "late", 1);
        Assert.True(driver.WindowStore<string, long>("counts").TryFetch("k", 0, out long count));
        Assert.Equal(1, count);
        Assert.Equal(1, driver.DroppedRecords);
    }

    [Fact]
    public void WindowStore_ShouldForgetWhatIsPastRetention()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeWithNoGrace(TimeSpan.FromMilliseconds(10)))
            .Count(Materialized.As<string, long>("counts").WithRetention(TimeSpan.FromMilliseconds(30)));
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        foreach (long time in new long[] { 0, 10, 20, 30, 40 })
        {
            input.Pipe("k", "x", time);
        }

        Assert.Equal([20, 30, 40], driver.WindowStore<string, long>("counts").All().Select(pair => pair.Key.StartMs));
    }

    [Fact]
    public void WindowChangelog_ShouldHaveTheKeysOfKafkaStreams_AndRebuildTheStore()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeWithNoGrace(TimeSpan.FromMilliseconds(10)))
            .Count(Materialized.As<string, long>("counts"));
        var driver = new TopologyTestDriver(builder.Build(), applicationId: "app");
        driver.Input("in", Serdes.Utf8, Serdes.Utf8).Pipe("k", "x", 25);
        TestRecord change = Assert.Single(driver.ReadRaw("app-counts-changelog"));
        Assert.Equal([(byte)'k', 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0], change.Key!);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], change.Value!);
    }

    [Fact]
    public void EmitOnClose_ShouldGiveEachWindowOnce_WhenStreamTimePassesItsGrace()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text)
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeAndGrace(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(5)))
            .EmitStrategy(EmitStrategy.OnWindowClose)
            .Count()
            .ToStream((key, _) => key.ToString())
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        TestOutputTopic<string, long> output = driver.Output("out", Serdes.Utf8, Serdes.Int64);
        input.Pipe("b", "x", 3);
        input.Pipe("a", "x", 4);
        input.Pipe("a", "x", 14);
        input.Pipe("a", "x", 2);
        Assert.Empty(output.ReadAll());
        input.Pipe("c", "x", 1000);
        Assert.Equal(
            [("[a@0/10]", 2L, 4L), ("[b@0/10]", 1L, 3L), ("[a@10/20]", 1L, 14L)],
            output.ReadAll().Select(record => (record.Key!, record.Value, record.TimestampMs)));
    }

    [Fact]
    public void GroupedTable_ShouldSubtractWhatARowWas()
    {
        var builder = new StreamsBuilder();
        builder.Table("in", Text)
            .GroupBy((key, value) => (value, key), new Grouped<string, string> { Key = Serdes.Utf8, Value = Serdes.Utf8 })
            .Count()
            .ToStream()
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        input.Pipe("a", "x");
        input.Pipe("b", "x");
        input.Pipe("a", "y");
        input.Pipe("b", null);
        Assert.Equal(
            [("x", 1L), ("x", 2L), ("x", 1L), ("y", 1L), ("x", 0L)],
            driver.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => (record.Key!, record.Value)));
    }
}
