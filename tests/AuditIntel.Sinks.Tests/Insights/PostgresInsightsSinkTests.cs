using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Insights;
using AuditIntel.Sinks.Tests.Stack;
using static AuditIntel.Sinks.Tests.Insights.InsightSample;

namespace AuditIntel.Sinks.Tests.Insights;

/// <summary>The whole sink: broker in front, database behind.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresInsightsSinkTests(PostgresFixture server)
{
    [Fact]
    public async Task Sink_ShouldStoreWhatIsOnTheTopics_AndDeleteWhatIsTakenBack()
    {
        TestDatabase database = await server.CreateAsync();
        await using TestBroker broker = await TestBroker.StartAsync();
        var options = new PostgresInsightsSinkOptions
        {
            Kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers },
            SchemaRegistry = broker.Registry,
            ConnectionString = database.ConnectionString,
            MaxBatchDelay = TimeSpan.FromMilliseconds(50),
        };
        await broker.SendAsync([.. Enumerable.Range(0, 300).Select(i => Trend($"t{i}"))]);
        await broker.SendAsync(Threat("t1"), Threat("t2"), Pair("x", "y"));
        broker.SendBytes(Topics.Trends.Name, "type/t5/30/2025-12-01", null);
        broker.SendBytes(Topics.EmergingThreats.Name, "t2/30/2025-12-01", null);
        broker.SendBytes(Topics.Trends.Name, "nonsense", null);
        await using (var first = new RunningSink(options))
        {
            await first.CaughtUpAsync();
            await first.StopAsync();
        }

        await broker.SendAsync(Trend("t6", count: 99), Trend("t5"));
        await using var running = new RunningSink(options);
        await running.CaughtUpAsync();
        Assert.Equal((300, 1, 1), (await database.CountAsync("finding_trends"), await database.CountAsync("emerging_threats"), await database.CountAsync("similar_findings")));
        Assert.Equal(99, await database.ScalarAsync<long>("SELECT count FROM finding_trends WHERE value = 't6'"));
        Assert.Equal(1, await database.CountAsync("dead_letters"));
    }
}
