using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Findings;

/// <summary>The whole sink: broker in front, database behind.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFindingsSinkTests(PostgresFixture server)
{
    private const string Versions = "SELECT id || xmin::text FROM findings ORDER BY 1";

    [Fact]
    public async Task Sink_ShouldStoreWhatIsOnTheTopics()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, 500).Select(i => Sample.Finding($"f{i}", contest: $"{i % 20}"))]);
        await broker.SendAsync(Sample.Contest("71"), Sample.Contest("72"), Sample.Duplicate("d", "f1"), Sample.DeadLetter("broken.md"));
        broker.SendBytes(Topics.Contests.Name, "code4rena/72", null);
        await using var running = new RunningSink(broker.Options(database));

        await running.CaughtUpAsync();

        Assert.Equal(500, await database.CountAsync("findings"));
        Assert.Equal(["71"], await database.ColumnAsync<string>("SELECT contest FROM contests"));
        Assert.Equal(1, await database.CountAsync("finding_duplicates"));
        Assert.Equal(1, await database.CountAsync("dead_letters"));
        Assert.Equal(505, running.Sink.Counters.Records);
        Assert.Equal(SinkState.Running, running.Sink.State);
        Assert.Equal(16, running.Sink.Progress().Partitions.Count);
    }

    [Fact]
    public async Task Sink_ShouldGoOnWhereItStopped_WhenStartedAgain()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(Sample.Finding("a"), Sample.Finding("b"));
        await using (var first = new RunningSink(broker.Options(database)))
        {
            await first.CaughtUpAsync();
            await first.StopAsync();
            Assert.Equal(SinkState.Stopped, first.Sink.State);
        }

        await broker.SendAsync(Sample.Finding("c"));
        await using var second = new RunningSink(broker.Options(database));
        await second.CaughtUpAsync();

        Assert.Equal(3, await database.CountAsync("findings"));
        Assert.Equal(1, second.Sink.Counters.Records);
    }

    [Fact]
    public async Task Rows_ShouldKeepTheirVersion_WhenEverythingIsReadAgain()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, 100).Select(i => Sample.Finding($"f{i}", contest: $"{i % 7}"))]);
        await using (var first = new RunningSink(broker.Options(database)))
        {
            await first.CaughtUpAsync();
        }

        var before = await database.ColumnAsync<string>(Versions);
        await database.ExecuteAsync("UPDATE sink_offsets SET next_offset = 0");
        await using var second = new RunningSink(broker.Options(database));
        await second.CaughtUpAsync();

        Assert.Equal(100, second.Sink.Counters.Records);
        Assert.Equal(0, second.Sink.Counters.FindingRows);
        Assert.Equal(before, await database.ColumnAsync<string>(Versions));
    }

    [Fact]
    public async Task PoisonRecords_ShouldBecomeDeadLetters_WhileTheSinkGoesOn()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        byte[] corrupt = [0, 0, 0, 0, 1, 0xFF, 0xFF];
        byte[] unknownSchema = [0, 0, 0, 0x7F, 0x7F, 2];
        broker.SendBytes(Topics.Findings.Name, "code4rena/71", corrupt);
        broker.SendBytes(Topics.Findings.Name, "code4rena/71", unknownSchema);
        broker.SendBytes(Topics.Findings.Name, "code4rena/71", "no avro"u8.ToArray());
        broker.SendBytes(Topics.Findings.Name, "code4rena/71", null);
        await broker.SendAsync(Sample.Finding("good"), Sample.Finding("bad id") with { Id = "x" }, Sample.Finding("nul\0") with { Title = "\0" });
        await using var running = new RunningSink(broker.Options(database));

        await running.CaughtUpAsync();

        Assert.Equal(2, await database.CountAsync("findings"));
        Assert.Equal(5, await database.CountAsync("dead_letters WHERE stage = 'sink' AND origin_topic = 'auditintel.findings'"));
        Assert.Equal(5, running.Sink.Counters.PoisonRecords);
        Assert.Equal([corrupt], await database.ColumnAsync<byte[]>("SELECT payload FROM dead_letters WHERE origin_offset = 0"));
        Assert.Equal(["code4rena/71"u8.ToArray()], await database.ColumnAsync<byte[]>("SELECT key FROM dead_letters WHERE origin_offset = 0"));
        Assert.Equal(
            ["corrupt-avro", "invalid-record", "null-value", "unknown-schema"],
            await database.ColumnAsync<string>("SELECT DISTINCT error_class COLLATE \"C\" FROM dead_letters ORDER BY 1"));
    }

    [Fact]
    public async Task Sink_ShouldStartOver_WhenTheTopicEndsBeforeTheStoredOffset()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync(Sample.Finding("a"));
        await database.ExecuteAsync(
            "INSERT INTO sink_offsets (sink, topic, partition, next_offset) SELECT 'postgres-findings', 'auditintel.findings', p, 1000 FROM generate_series(0, 3) p");
        await using var running = new RunningSink(broker.Options(database));

        await running.CaughtUpAsync();

        Assert.Equal(1, await database.CountAsync("findings"));
    }

    [Fact]
    public async Task Rows_ShouldBeAllAndOnce_WhenSessionsAreKilledAgainAndAgain()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        var options = broker.Options(database) with { MaxBatchRecords = 50, MaxBatchDelay = TimeSpan.FromMilliseconds(5) };
        await using var running = new RunningSink(options);
        for (var round = 0; round < 15; round++)
        {
            await broker.SendAsync([.. Enumerable.Range(0, 200).Select(i => Sample.Finding($"{round} {i}", contest: $"{i % 20}"))]);
            await database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{options.SinkName}' AND datname = current_database()");
        }

        await running.CaughtUpAsync();

        Assert.Equal(3_000, await database.CountAsync("findings"));
        Assert.Equal(3_000, running.Sink.Counters.Records);
        Assert.True(running.Sink.Counters.Retries > 0, "No session was killed in time to be noticed.");
    }

    [Fact]
    public async Task Rows_ShouldBeAllAndOnce_WhenASecondInstanceComesAndGoes()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        var options = broker.Options(database) with { MaxBatchRecords = 40, MaxBatchDelay = TimeSpan.FromMilliseconds(5) };
        await using var first = new RunningSink(options);
        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
            {
                await broker.SendAsync([.. Enumerable.Range(0, 100).Select(i => Sample.Finding($"{round} {i}", contest: $"{i % 20}"))]);
            }
        });
        long taken = 0;
        for (var round = 0; round < 2; round++)
        {
            await using var second = new RunningSink(options);
            await Wait.UntilAsync(() => Task.FromResult(second.Sink.Progress().Partitions.Count > 0));
            await second.StopAsync();
            taken += second.Sink.Counters.Records;
        }

        await sending;
        await Wait.UntilAsync(() => Task.FromResult(first.Sink.Progress() is { CaughtUp: true, Partitions.Count: 16 }), 60);

        Assert.Equal(4_000, await database.CountAsync("findings"));
        Assert.Equal(4_000, taken + first.Sink.Counters.Records);
    }

    [Fact]
    public async Task Sink_ShouldWaitAndGoOn_WhenTheDatabaseServerCrashesAndComesBack()
    {
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await using var running = new RunningSink(broker.Options(database));
        await broker.SendAsync(Sample.Finding("before"));
        await running.CaughtUpAsync();
        await server.StopAsync();
        try
        {
            await broker.SendAsync(Sample.Finding("meanwhile"));
            await Wait.UntilAsync(() => Task.FromResult(running.Sink.State == SinkState.Retrying));
            Assert.NotNull(running.Sink.Trouble);
            Assert.False(running.Sink.Progress().CaughtUp);
        }
        finally
        {
            await server.StartAsync();
        }

        await running.CaughtUpAsync();

        Assert.Equal(2, await database.CountAsync("findings"));
        Assert.Equal((SinkState.Running, null), (running.Sink.State, running.Sink.Trouble));
        Assert.Equal(16, running.Sink.Progress().Partitions.Count);
    }

    [Fact]
    public async Task Sink_ShouldGiveUpWithAClearSentence_WhenTheDatabaseStaysAway()
    {
        await using var broker = await TestBroker.StartAsync();
        var options = broker.Options(new TestDatabase("Host=127.0.0.1;Port=1;Username=nobody;Database=none")) with { MaxRetries = 3 };
        await using var running = new RunningSink(options);

        var error = await Assert.ThrowsAsync<SinkUnavailableException>(() => running.Run.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Contains("gave up after 3 retries", error.Message);
        Assert.Equal(SinkState.Failed, running.Sink.State);
        Assert.Equal(3, running.Sink.Counters.Retries);
    }

    [Fact]
    public void Options_ShouldNameEveryFault()
    {
        var options = new PostgresFindingsSinkOptions
        {
            Kafka = new AuditIntel.Kafka.KafkaOptions { BootstrapServers = "" },
            SchemaRegistry = new Uri("relative", UriKind.Relative),
            ConnectionString = "nonsense",
            MaxBatchRecords = 0,
            MaxRetries = 0,
        };

        var error = Assert.Throws<ArgumentException>(() => new PostgresFindingsSink(options));

        Assert.All(["BootstrapServers", "SchemaRegistry", "ConnectionString", "MaxBatchRecords", "MaxRetries"], name => Assert.Contains(name, error.Message));
    }
}
