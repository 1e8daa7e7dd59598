using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using Npgsql;

namespace AuditIntel.Sinks.Tests.Findings;

/// <summary>Rows and offsets move together, or not at all.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FindingsWriterTransactionTests(PostgresFixture server)
{
    [Fact]
    public async Task Offsets_ShouldBeStoredWithTheRows()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        Assert.Equal(WriteOutcome.Written, await harness.WriteAsync(Sample.Finding("a"), Sample.Finding("b")));
        Assert.Equal(WriteOutcome.Written, await harness.WriteAsync(Sample.Finding("c")));

        Assert.Equal(3, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets WHERE sink = 'test-sink' AND topic = 't' AND partition = 0"));
    }

    [Fact]
    public async Task StaleOwner_ShouldWriteNothing_WhenAnotherMovedThePartition()
    {
        var database = await server.CreateAsync();
        await using var stale = new WriterHarness(database);
        await using var owner = new WriterHarness(database);
        await stale.PlaceAsync();
        await owner.PlaceAsync();
        await owner.WriteAsync(Sample.Finding("a"), Sample.Finding("b"));

        var outcome = await stale.WriteAsync(Sample.Finding("a", body: "stale", collectedAt: Sample.Day.AddDays(1)));

        Assert.Equal(WriteOutcome.Fenced, outcome);
        Assert.Equal(0, await database.CountAsync("findings WHERE body = 'stale'"));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"));
    }

    [Fact]
    public async Task OneOfTwoOwners_ShouldWrite_WhenBothTryTogether()
    {
        var database = await server.CreateAsync();
        await using var one = new WriterHarness(database);
        await using var two = new WriterHarness(database);
        for (var round = 0; round < 20; round++)
        {
            await one.PlaceAsync();
            await two.PlaceAsync();

            var outcomes = await Task.WhenAll(
                Task.Run(() => one.WriteAsync(Sample.Finding($"one {round}"))),
                Task.Run(() => two.WriteAsync(Sample.Finding($"two {round}"), Sample.Finding($"three {round}"))));

            Assert.Equal([WriteOutcome.Written, WriteOutcome.Fenced], outcomes.Order());
        }

        Assert.Equal(await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"), await database.CountAsync("findings"));
    }

    [Fact]
    public async Task Batch_ShouldCountAsWritten_WhenTheAnswerToItsCommitGotLost()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Finding("a"));

        Assert.Equal(WriteOutcome.WrittenBefore, await harness.WriteAgainAsync());
        Assert.Equal(1, await database.CountAsync("findings"));
    }

    // A trigger stops the transaction inside each of its stages in turn; the session is killed there, as a crash of the server process would.
    [Theory]
    [InlineData("contests")]
    [InlineData("findings")]
    [InlineData("finding_duplicates")]
    [InlineData("dead_letters")]
    [InlineData("sink_offsets")]
    public async Task NothingOfABatch_ShouldBeStored_WhenItsSessionIsKilledInTheMiddle(string table)
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await database.ExecuteAsync(
            "CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$; "
            + $"CREATE TRIGGER wait AFTER INSERT OR UPDATE ON {table} EXECUTE FUNCTION wait_for_test()");
        await using var gate = await database.OpenAsync();
        await TestSql.Command("SELECT pg_advisory_lock(7)", gate).ExecuteNonQueryAsync();
        var write = harness.WriteAsync(Sample.Contest("71"), Sample.Finding("a"), Sample.Duplicate("b", "a"), Sample.DeadLetter("c"));
        await Wait.UntilAsync(
            async () => await database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-sink' AND datname = current_database()");

        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => write);
        Assert.True(DatabaseFault.IsTransient(error));
        foreach (var empty in (string[])["contests", "findings", "finding_duplicates", "dead_letters"])
        {
            Assert.Equal(0, await database.CountAsync(empty));
        }

        Assert.Equal(0, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"));
        await TestSql.Command("SELECT pg_advisory_unlock(7)", gate).ExecuteNonQueryAsync();
        Assert.Equal(WriteOutcome.Written, await harness.WriteAgainAsync());
        Assert.Equal(1, await database.CountAsync("findings"));
    }

    [Fact]
    public async Task RecordsThatTheDatabaseRefuses_ShouldBecomeDeadLettersAlone()
    {
        var database = await server.CreateAsync();
        await database.ExecuteAsync("ALTER TABLE findings ADD CHECK (title <> 'refused'); ALTER TABLE contests ADD CHECK (name <> 'refused')");
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var records = Enumerable.Range(0, 200)
            .Select(i => (object)(Sample.Finding($"f{i}") with { Title = i is 3 or 77 or 78 ? "refused" : "good" }))
            .Append(Sample.Contest("71", "refused")).Append(Sample.Contest("72")).Append(Sample.Duplicate("d", "f1")).Append(Sample.DeadLetter("l"))
            .ToArray();

        Assert.Equal(WriteOutcome.Written, await harness.WriteAsync(records));

        Assert.Equal(197, await database.CountAsync("findings"));
        Assert.Equal(["72"], await database.ColumnAsync<string>("SELECT contest FROM contests"));
        Assert.Equal(1, await database.CountAsync("finding_duplicates"));
        Assert.Equal([3L, 77L, 78L, 200L], await database.ColumnAsync<long>("SELECT origin_offset FROM dead_letters WHERE stage = 'sink' ORDER BY 1"));
        var letter = await database.RowAsync("SELECT * FROM dead_letters WHERE origin_offset = 77");
        Assert.Equal("refused-by-database", letter["error_class"]);
        Assert.Equal("payload"u8.ToArray(), letter["payload"]);
        Assert.Equal("key"u8.ToArray(), letter["key"]);
        Assert.Equal(204, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"));
        Assert.Equal(4, harness.Counters.PoisonRecords);
    }

    [Fact]
    public async Task LaterRecord_ShouldStillWin_WhenTheBatchIsTakenApart()
    {
        var database = await server.CreateAsync();
        await database.ExecuteAsync("ALTER TABLE findings ADD CHECK (title <> 'refused')");
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(
            Sample.Finding("a", body: "1"), Sample.Finding("b"), Sample.Finding("x") with { Title = "refused" }, Sample.Finding("a", body: "2"));

        Assert.Equal("2", await database.ScalarAsync<string>($"SELECT body FROM findings WHERE id = '{Sample.Hash("a")}'"));
    }

    [Fact]
    public async Task Severity_ShouldBePoison_WhenItIsOutsideTheContract()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(Sample.Finding("a"), Sample.Finding("b", severity: (Severity)99));

        Assert.Equal((1, 1), (await database.CountAsync("findings"), await database.CountAsync("dead_letters")));
    }
}
