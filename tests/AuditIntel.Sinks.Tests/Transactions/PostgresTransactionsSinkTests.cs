using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using AuditIntel.Sinks.Transactions;

namespace AuditIntel.Sinks.Tests.Transactions;

/// <summary>The whole sink: broker in front, database behind.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresTransactionsSinkTests(PostgresFixture server)
{
    private const string Versions = "SELECT concat_ws(' ', hex(hash), xmin) FROM transactions ORDER BY 1";

    [Fact]
    public async Task Sink_ShouldStoreWhatIsOnTheTopics()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, 500).Select(i => ChainSample.Transaction($"t{i}", ChainSample.Day.AddDays(i)))]);
        await broker.SendAsync(
            ChainSample.Anomaly("a"), ChainSample.Alert("a"), ChainSample.Model("1"), ChainSample.Model("2", minute: 1), Sample.DeadLetter("block") with { Platform = "chain" });
        broker.SendBytes(Topics.Models.Name, "never.was", null);
        await using var running = new RunningSink(broker.TransactionsOptions(database));

        await running.CaughtUpAsync();

        Assert.Equal((500, 500), (await database.CountAsync("transactions"), await database.CountAsync("(SELECT DISTINCT hash FROM transactions) t")));
        Assert.Equal((1, 1, 2, 1), (await database.CountAsync("anomalies"), await database.CountAsync("alerts"), await database.CountAsync("model_versions"), await database.CountAsync("models")));
        Assert.Equal(1, await database.CountAsync("dead_letters"));
        Assert.Equal(506, running.Sink.Counters.Records);
        Assert.Equal((500, 1, 1, 2), (running.Sink.Counters.TransactionRows, running.Sink.Counters.AnomalyRows, running.Sink.Counters.AlertRows, running.Sink.Counters.ModelVersionRows));
        Assert.Equal(24, running.Sink.Progress().Partitions.Count);
    }

    [Fact]
    public async Task Rows_ShouldBeAllAndOnce_WhenSessionsAreKilledAgainAndAgain()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        var options = broker.TransactionsOptions(database) with { MaxBatchRecords = 50, MaxBatchDelay = TimeSpan.FromMilliseconds(5) };
        await using var running = new RunningSink(options);
        for (var round = 0; round < 12; round++)
        {
            await broker.SendAsync([.. Enumerable.Range(0, 200).Select(i => ChainSample.Transaction($"{round} {i}", ChainSample.Day.AddDays(3 * i)))]);
            await database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{options.SinkName}' AND datname = current_database()");
        }

        await running.CaughtUpAsync();

        Assert.Equal((2_400, 2_400), (await database.CountAsync("transactions"), running.Sink.Counters.TransactionRows));
        Assert.Equal((0, 0), (await database.CountAsync("dead_letters"), running.Sink.Counters.FencedBatches));
    }

    [Fact]
    public async Task Rows_ShouldBeAllAndOnce_WhenInstancesComeAndGo()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        var options = broker.TransactionsOptions(database) with { MaxBatchRecords = 40 };
        for (var round = 0; round < 4; round++)
        {
            await broker.SendAsync([.. Enumerable.Range(0, 300).Select(i => ChainSample.Transaction($"{round} {i}"))]);

            // Disposed in the middle of its work.
            await using var short_ = new RunningSink(options);
            await Wait.UntilAsync(() => Task.FromResult(short_.Sink.Counters.Batches > 0 || short_.Sink.Progress().CaughtUp), 60);
        }

        await using var last = new RunningSink(options);
        await last.CaughtUpAsync();

        Assert.Equal(1_200, await database.CountAsync("transactions"));
    }

    [Fact]
    public async Task Rows_ShouldKeepTheirVersion_WhenEverythingIsReadAgain()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, 200).Select(i => ChainSample.Transaction($"t{i % 150}", scored: i))]);
        await broker.SendAsync(ChainSample.Transaction("t3", removed: true, scored: 1000), ChainSample.Transaction("t3", ChainSample.Day.AddMonths(1), "B", scored: 1001));
        await using (var first = new RunningSink(broker.TransactionsOptions(database)))
        {
            await first.CaughtUpAsync();
        }

        var before = await database.ColumnAsync<string>(Versions);
        await database.ExecuteAsync("UPDATE sink_offsets SET next_offset = 0");
        await using var second = new RunningSink(broker.TransactionsOptions(database));
        await second.CaughtUpAsync();

        Assert.Equal((202, 0), (second.Sink.Counters.Records, second.Sink.Counters.TransactionRows));
        Assert.Equal(before, await database.ColumnAsync<string>(Versions));
        Assert.Equal((151, 1), (before.Count, await database.CountAsync("transactions WHERE removed")));
    }

    [Fact]
    public async Task PoisonRecords_ShouldBecomeDeadLetters_WhileTheSinkGoesOn()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        broker.SendBytes(Topics.ScoredTransactions.Name, "1/0x", [0, 0, 0, 0, 1, 0xFF, 0xFF]);
        broker.SendBytes(Topics.Anomalies.Name, "1/0x", null);
        await broker.SendAsync(
            ChainSample.Transaction("good"),
            ChainSample.Transaction("late", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            ChainSample.Transaction("short") with { Hash = "0x12" },
            ChainSample.Model("1") with { Sha256 = Sample.Hash("other") });
        await using var running = new RunningSink(broker.TransactionsOptions(database));

        await running.CaughtUpAsync();

        Assert.Equal((1, 0), (await database.CountAsync("transactions"), await database.CountAsync("model_versions")));
        Assert.Equal(
            ["corrupt-avro", "invalid-record", "invalid-record", "invalid-record", "null-value"],
            await database.ColumnAsync<string>("SELECT error_class FROM dead_letters ORDER BY 1"));
        Assert.Equal(1, await database.CountAsync("dead_letters WHERE error_message LIKE '%Field sha256 is%damaged%'"));
        Assert.Equal(0, await database.CountAsync("pg_class WHERE relname LIKE 'transactions_21%'"));
    }

    [Fact]
    public void Options_ShouldNameEveryFault()
    {
        var options = new PostgresTransactionsSinkOptions
        {
            Kafka = new AuditIntel.Kafka.KafkaOptions { BootstrapServers = "" },
            SchemaRegistry = new Uri("relative", UriKind.Relative),
            ConnectionString = "nonsense",
            MonthsAhead = 121,
        };

        var error = Assert.Throws<ArgumentException>(() => new PostgresTransactionsSink(options));

        Assert.All(["BootstrapServers", "SchemaRegistry", "ConnectionString", "MonthsAhead"], name => Assert.Contains(name, error.Message));
    }
}
