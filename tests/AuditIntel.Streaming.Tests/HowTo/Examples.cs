using AuditIntel.Kafka;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.HowTo;

/// <summary>The code of docs/writing-a-topology.md: each region stands there word for word.</summary>
internal static class Examples
{
    public static Topology First()
    {
        #region first
        var builder = new StreamsBuilder();
        builder.Stream("orders", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Filter((customer, order) => customer is not null && order is not null)
            .MapValues((_, order) => order!.ToUpperInvariant())
            .To("orders.clean", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        Topology topology = builder.Build();
        #endregion
        return topology;
    }

    public static void TestTheFirst()
    {
        Topology topology = First();
        #region test
        using var driver = new TopologyTestDriver(topology);
        TestInputTopic<string, string> orders = driver.Input("orders", Serdes.Utf8, Serdes.Utf8);
        orders.Pipe("ann", "tea", timestampMs: 1_000);
        orders.Pipe("ann", null, timestampMs: 2_000);

        Record<string, string> clean = Assert.Single(driver.Output("orders.clean", Serdes.Utf8, Serdes.Utf8).ReadAll());
        Assert.Equal(("ann", "TEA", 1_000), (clean.Key, clean.Value, clean.TimestampMs));
        #endregion
    }

    public static Topology Counting()
    {
        #region count
        var builder = new StreamsBuilder();
        builder.Stream("orders", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .GroupBy((_, article) => article!, new Grouped<string, string> { Name = "by-article" })
            .Count(Materialized.As<string, long>("sold"))
            .ToStream()
            .To("sold", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        #endregion
        return builder.Build();
    }

    public static Topology Windows()
    {
        #region windows
        var builder = new StreamsBuilder();
        ISerde<Windowed<string>> windowed = Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMinutes(5));
        builder.Stream("orders", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .GroupByKey()
            .WindowedBy(TimeWindows.OfSizeAndGrace(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)))
            .EmitStrategy(EmitStrategy.OnWindowClose)
            .Count(Materialized.As<string, long>("orders-per-5-minutes"))
            .ToStream()
            .To("orders.per-5-minutes", new Produced<Windowed<string>, long>(windowed, Serdes.Int64));
        #endregion
        return builder.Build();
    }

    public static Topology TableJoin()
    {
        #region table-join
        var builder = new StreamsBuilder();
        KTable<string, string> customers = builder.Table("customers", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8), "customers");
        builder.Stream("orders", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .LeftJoin(customers, (_, order, name) => $"{order} for {name ?? "somebody"}", "with-name")
            .To("orders.named", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        #endregion
        return builder.Build();
    }

    public static Topology StreamJoin()
    {
        #region stream-join
        var builder = new StreamsBuilder();
        var text = new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8);
        KStream<string, string> orders = builder.Stream("orders", text);
        KStream<string, string> payments = builder.Stream("payments", text);
        orders
            .LeftJoin(
                payments,
                (_, order, payment) => payment is null ? $"{order} unpaid" : $"{order} paid with {payment}",
                JoinWindows.OfTimeDifferenceAndGrace(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10)),
                new StreamJoined<string, string, string> { Name = "payment", StoreName = "payment" })
            .To("orders.paid", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        #endregion
        return builder.Build();
    }

    public static Topology Suppression()
    {
        #region suppress
        var builder = new StreamsBuilder();
        builder.Stream("clicks", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .GroupByKey()
            .WindowedBy(SessionWindows.OfInactivityGapAndGrace(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1)))
            .Count(Materialized.As<string, long>("visits"))
            .Suppress(Suppressed.UntilWindowCloses(BufferConfig.Unbounded()) with { Name = "whole-visits" })
            .ToStream((visit, _) => visit.Key)
            .To("visits", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        #endregion
        return builder.Build();
    }

    public static Topology Processing()
    {
        #region use-processor
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("last-seen", Serdes.Utf8, Serdes.Int64));
        builder.Stream("orders", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new SilentCustomers(), "silent-customers", "last-seen")
            .To("customers.silent", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        #endregion
        return builder.Build();
    }

    public static async Task RunAsync(Topology topology, KafkaOptions kafka, CancellationToken stop)
    {
        #region run
        await using var streams = new KafkaStreams(topology, new StreamsOptions
        {
            ApplicationId = "order-desk",
            Kafka = kafka,
            Guarantee = ProcessingGuarantee.ExactlyOnce,
            OnError = error => error.Stage == ErrorStage.Deserialize
                ? ErrorResponse.DeadLetter("orders.dlq", error.Key, error.Value, error.Headers)
                : ErrorResponse.Fail,
        });
        await streams.StartAsync(stop);
        await streams.Completion.WaitAsync(stop);
        #endregion
    }
}
