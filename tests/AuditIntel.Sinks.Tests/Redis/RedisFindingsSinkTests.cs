using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Redis;
using AuditIntel.Sinks.Tests.Stack;
using StackExchange.Redis;

namespace AuditIntel.Sinks.Tests.Redis;

public sealed class RedisFindingsSinkTests
{
    [Fact]
    public async Task Sink_ShouldKeepFindingsAtHand()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(Sample.Finding("a"), Sample.Finding("b", severity: Severity.Medium), Sample.Finding("c", contest: "72"));
        broker.SendBytes(Topics.Findings.Name, "x/y", [1, 2, 3]);
        await using var sink = new RedisFindingsSink(Options(broker, redis) with { TimeToLive = TimeSpan.FromHours(1) });
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 3 && sink.Counters.Unreadable == 1));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var database = connection.GetDatabase();
        var hash = (await database.HashGetAllAsync("finding:" + Sample.Hash("a"))).ToDictionary(e => e.Name.ToString(), e => e.Value.ToString());
        Assert.Equal("Title of a", hash["title"]);
        Assert.Equal("high", hash["severity"]);
        Assert.Equal("reentrancy", hash["type"]);
        Assert.Equal("code4rena", hash["platform"]);
        Assert.Equal("71", hash["contest"]);
        Assert.Equal("https://example.org/a", hash["url"]);
        Assert.Equal(2, await database.SetLengthAsync("contest:code4rena/71"));
        Assert.Equal(1, await database.SetLengthAsync("contest:code4rena/71:medium"));
        Assert.InRange((await database.KeyTimeToLiveAsync("finding:" + Sample.Hash("a")))!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Counters_ShouldFollowTheSeverity_WhenItChanges()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(Sample.Finding("a"), Sample.Finding("a", severity: Severity.Low));
        await using var sink = new RedisFindingsSink(Options(broker, redis));
        _ = sink.RunAsync(CancellationToken.None);

        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 2));

        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var database = connection.GetDatabase();
        Assert.Equal((0, 1), (await database.SetLengthAsync("contest:code4rena/71:high"), await database.SetLengthAsync("contest:code4rena/71:low")));
    }

    [Fact]
    public async Task Sink_ShouldSkipAndGoOn_WhenRedisGoesAndComesBack()
    {
        using var redis = new RedisProcess();
        await using var broker = await TestBroker.StartAsync();
        await using var sink = new RedisFindingsSink(Options(broker, redis));

        await RedisOutage.ShouldCostOnlyTheCacheAsync(sink, redis, name => broker.SendAsync(Sample.Finding(name)));
    }

    private static RedisFindingsSinkOptions Options(TestBroker broker, RedisProcess redis) => new()
    {
        Kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers },
        SchemaRegistry = broker.Registry,
        Redis = redis.Endpoint,
        BreakDuration = TimeSpan.FromMilliseconds(500),
    };
}
