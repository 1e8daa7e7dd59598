using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Redis;
using AuditIntel.Sinks.Tests.Stack;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AuditIntel.Sinks.Tests.Redis;

public sealed class RedisTransactionsSinkTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Sink_ShouldKeepTheLatestScoreAtHand()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(
            ChainSample.Transaction("a", score: 0.5), ChainSample.Transaction("b"), ChainSample.Transaction("b", removed: true, scored: 1, modelVersion: "v\"2"),
            ChainSample.Transaction("bad") with { Hash = "0x" });
        broker.SendBytes(Topics.ScoredTransactions.Name, "x", [1, 2, 3]);
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 3 && sink.Counters.Unreadable == 2));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var database = connection.GetDatabase();
        Assert.Equal("""{"score":0.5,"severity":"medium","modelVersion":"v1","removed":false}""", await database.StringGetAsync("tx:1:" + ChainSample.Hash("a")));
        using var json = JsonDocument.Parse((string)(await database.StringGetAsync("tx:1:" + ChainSample.Hash("b")))!);
        Assert.Equal(("v\"2", true), (json.RootElement.GetProperty("modelVersion").GetString(), json.RootElement.GetProperty("removed").GetBoolean()));
        Assert.InRange((await database.KeyTimeToLiveAsync("tx:1:" + ChainSample.Hash("a")))!.Value, TimeSpan.FromMinutes(350), TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task AddressRisk_ShouldSumUpItsAnomalies_WhateverIsSentAgain()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        var address = ChainSample.Address("villain");
        Anomaly[] anomalies =
        [
            ChainSample.Anomaly("a") with { Address = address, Score = 0.8 },
            ChainSample.Anomaly("b", ChainSample.Day.AddDays(1)) with { Address = address, Score = 0.5, Severity = AnomalySeverity.Low, Labels = ["from:heist"] },
            ChainSample.Anomaly("c", ChainSample.Day.AddDays(2)) with { Address = address, Score = 1 },
            ChainSample.Anomaly("c", ChainSample.Day.AddDays(2), removed: true, detected: 1) with { Address = address, Score = 1 },
        ];
        await broker.SendAsync([.. anomalies, .. anomalies]);
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 8));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var risk = await HashAsync(connection, "address:1:" + address);
        Assert.Equal(("2", "0.8", "low", "from:heist"), (risk["count"], risk["highest"], risk["severity"], risk["labels"]));
        Assert.Equal(ChainSample.Hash("b"), risk["transaction"]);
        Assert.Equal(1 - ((1 - 0.5) * (1 - (0.8 / 2))), double.Parse(risk["recent"], CultureInfo.InvariantCulture), 9);
        Assert.NotNull(await connection.GetDatabase().KeyTimeToLiveAsync("address:1:" + address));
    }

    [Fact]
    public async Task AddressRisk_ShouldBeTheSame_WhetherItsAnomaliesComeTogetherOrOneByOne()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        Anomaly[] anomalies = [.. Enumerable.Range(0, 6).Select(i => ChainSample.Anomaly($"t{i}", ChainSample.Day.AddHours(7 * i % 5)) with { Score = 0.1 * (i + 1), Labels = [$"from:{i}"] })];
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);
        for (var i = 0; i < anomalies.Length; i++)
        {
            await broker.SendAsync(anomalies[i] with { Address = ChainSample.Address("slow") });
            await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == i + 1));
        }

        await broker.SendAsync([.. anomalies.Select(each => each with { Address = ChainSample.Address("quick") })]);
        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 2 * anomalies.Length));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var quick = await HashAsync(connection, "address:1:" + ChainSample.Address("quick"));
        Assert.Equal("6", quick["count"]);
        Assert.Equal(await HashAsync(connection, "address:1:" + ChainSample.Address("slow")), quick);
    }

    [Fact]
    public async Task AddressRisk_ShouldStayBounded_AndGoWhenAllIsRetracted()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        var busy = ChainSample.Address("busy");
        var innocent = ChainSample.Address("innocent");
        await broker.SendAsync([.. Enumerable.Range(0, 100).Select(i => ChainSample.Anomaly($"t{i}", ChainSample.Day.AddMinutes(i)) with { Address = busy })]);
        await broker.SendAsync(
            ChainSample.Anomaly("x") with { Address = innocent }, ChainSample.Anomaly("x", removed: true, detected: 1) with { Address = innocent });
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 102));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        Assert.Equal("64", (await HashAsync(connection, "address:1:" + busy))["count"]);
        Assert.Equal(64, await connection.GetDatabase().HashLengthAsync($"address:1:{busy}:anomalies"));
        Assert.False(await connection.GetDatabase().KeyExistsAsync("address:1:" + innocent));
    }

    [Fact]
    public async Task Labels_ShouldBeAtHand_UntilTheirTombstone()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(Label("a"), Label("b"));
        broker.SendBytes(Topics.AddressLabels.Name, ChainKey.Of(1, ChainSample.Address("b")), null);
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 3));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var label = await HashAsync(connection, "label:1:" + ChainSample.Address("a"));
        Assert.Equal(("phishing,heist", "Fake_1", "list,other", "1"), (label["categories"], label["tags"], label["sources"], label["contract"]));
        Assert.False(await connection.GetDatabase().KeyExistsAsync("label:1:" + ChainSample.Address("b")));
    }

    [Fact]
    public async Task InconspicuousScores_ShouldBeShedAndCounted_WhenTheSinkIsBehind()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(ChainSample.Transaction("none") with { Severity = AnomalySeverity.None }, ChainSample.Transaction("medium"));
        await using var sink = new RedisTransactionsSink(Options(broker, redis) with { ShedBehind = TimeSpan.FromMinutes(1) });
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 1 && sink.Shed == 1));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        Assert.False(await connection.GetDatabase().KeyExistsAsync("tx:1:" + ChainSample.Hash("none")));
    }

    [Fact]
    public async Task Sink_ShouldSkipAndGoOn_WhenRedisGoesAndComesBack()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await using var sink = new RedisTransactionsSink(Options(broker, redis));

        await RedisOutage.ShouldCostOnlyTheCacheAsync(sink, redis, name => broker.SendAsync(ChainSample.Transaction(name)));
    }

    [Fact]
    public async Task Sink_ShouldBringEveryScore_WhenManyWait()
    {
        var count = Throughput.Rows(10_000);
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, count).Select(i => ChainSample.Transaction($"t{i}"))]);
        await using var sink = new RedisTransactionsSink(Options(broker, redis));
        var clock = Stopwatch.StartNew();
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written >= count), 60);

        output.WriteLine($"{count} scores into Redis, with joining the group: {count / clock.Elapsed.TotalSeconds:0} a second");
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        Assert.Equal(count, await connection.GetServer(redis.Endpoint).DatabaseSizeAsync());
    }

    [Fact]
    public void Options_ShouldNameEveryFault()
    {
        var options = new RedisTransactionsSinkOptions
        {
            Kafka = new KafkaOptions { BootstrapServers = "" },
            SchemaRegistry = new Uri("relative", UriKind.Relative),
            Redis = "",
            GroupId = "",
            ScoreTimeToLive = TimeSpan.Zero,
            RiskTimeToLive = TimeSpan.Zero,
            RiskHalfLife = TimeSpan.Zero,
            ShedBehind = TimeSpan.Zero,
            OperationTimeout = TimeSpan.Zero,
            BreakDuration = TimeSpan.Zero,
        };

        var error = Assert.Throws<ArgumentException>(() => new RedisTransactionsSink(options));

        Assert.All(
            ["BootstrapServers", "SchemaRegistry", "Redis", "GroupId", "ScoreTimeToLive", "RiskTimeToLive", "RiskHalfLife", "ShedBehind", "OperationTimeout", "BreakDuration"],
            name => Assert.Contains(name, error.Message));
    }

    private static AddressLabel Label(string name) => new()
    {
        ChainId = 1,
        Address = ChainSample.Address(name),
        Entries =
        [
            new AddressLabelEntry { Category = "phishing", Tag = "Fake_1", Source = "list", IsContract = true },
            new AddressLabelEntry { Category = "heist", Source = "other" },
        ],
        CollectedAt = ChainSample.Day,
    };

    private static async Task<Dictionary<string, string>> HashAsync(ConnectionMultiplexer connection, string key) =>
        (await connection.GetDatabase().HashGetAllAsync(key)).ToDictionary(e => e.Name.ToString(), e => e.Value.ToString());

    // The samples were scored long ago: without this they would all be shed.
    private static RedisTransactionsSinkOptions Options(TestBroker broker, RedisProcess redis) => new()
    {
        Kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers },
        SchemaRegistry = broker.Registry,
        Redis = redis.Endpoint,
        BreakDuration = TimeSpan.FromMilliseconds(500),
        ShedBehind = TimeSpan.FromDays(20_000),
    };
}
