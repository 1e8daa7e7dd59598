using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using Npgsql;

namespace AuditIntel.Sinks.Tests.Transactions;

/// <summary>Rows and offsets move together, or not at all, also when rows are copied straight into their tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TransactionsWriterTransactionTests(PostgresFixture server)
{
    [Fact]
    public async Task StaleOwner_ShouldWriteNothing_WhenAnotherMovedThePartition()
    {
        var database = await server.CreateAsync();
        await using var stale = TransactionsHarness.Of(database);
        await using var owner = TransactionsHarness.Of(database);
        await stale.PlaceAsync();
        await owner.PlaceAsync();
        await owner.WriteAsync(ChainSample.Transaction("a"), ChainSample.Transaction("b"));

        Assert.Equal(WriteOutcome.Fenced, await stale.WriteAsync(ChainSample.Transaction("stale")));
        Assert.Equal(2, await database.CountAsync("transactions"));
    }

    [Fact]
    public async Task Batch_ShouldCountAsWritten_WhenTheAnswerToItsCommitGotLost()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(ChainSample.Transaction("a"), ChainSample.Anomaly("a"));

        Assert.Equal(WriteOutcome.WrittenBefore, await harness.WriteAgainAsync());
        Assert.Equal(1, await database.CountAsync("transactions"));
    }

    [Theory]
    [InlineData("transactions")]
    [InlineData("anomalies")]
    [InlineData("alerts")]
    [InlineData("model_versions")]
    [InlineData("models")]
    [InlineData("sink_offsets")]
    public async Task NothingOfABatch_ShouldBeStored_WhenItsSessionIsKilledInTheMiddle(string table)
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        await database.ExecuteAsync(
            "CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$; "
            + $"CREATE TRIGGER wait AFTER INSERT OR UPDATE ON {table} EXECUTE FUNCTION wait_for_test()");
        await using var gate = await database.OpenAsync();
        await TestSql.Command("SELECT pg_advisory_lock(7)", gate).ExecuteNonQueryAsync();
        var write = harness.WriteAsync(ChainSample.Transaction("a"), ChainSample.Anomaly("a"), ChainSample.Alert("a"), ChainSample.Model("1"));
        await Wait.UntilAsync(
            async () => await database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-sink' AND datname = current_database()");

        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => write);
        Assert.True(DatabaseFault.IsTransient(error));
        foreach (var empty in (string[])["transactions", "anomalies", "alerts", "model_versions", "models"])
        {
            Assert.Equal(0, await database.CountAsync(empty));
        }

        Assert.Equal(0, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"));
        await TestSql.Command("SELECT pg_advisory_unlock(7)", gate).ExecuteNonQueryAsync();
        Assert.Equal(WriteOutcome.Written, await harness.WriteAgainAsync());
        Assert.Equal(1, await database.CountAsync("transactions"));
    }

    [Fact]
    public async Task RecordsThatTheDatabaseRefuses_ShouldBecomeDeadLettersAlone()
    {
        var database = await server.CreateAsync();
        await database.ExecuteAsync("ALTER TABLE transactions ADD CHECK (function_name <> 'refused'); ALTER TABLE alerts ADD CHECK (title <> 'refused')");
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        var records = Enumerable.Range(0, 200)
            .Select(i => (object)(ChainSample.Transaction($"t{i}") with { FunctionName = i is 3 or 77 or 78 ? "refused" : "good" }))
            .Append(ChainSample.Alert("a") with { Title = "refused" }).Append(ChainSample.Anomaly("t1")).Append(Sample.DeadLetter("l"))
            .ToArray();

        Assert.Equal(WriteOutcome.Written, await harness.WriteAsync(records));

        Assert.Equal((197, 1, 0), (await database.CountAsync("transactions"), await database.CountAsync("anomalies"), await database.CountAsync("alerts")));
        Assert.Equal([3L, 77L, 78L, 200L], await database.ColumnAsync<long>("SELECT origin_offset FROM dead_letters WHERE stage = 'sink' ORDER BY 1"));
        Assert.Equal(203, await database.ScalarAsync<long>("SELECT next_offset FROM sink_offsets"));
    }

    [Fact]
    public async Task Batch_ShouldBeMergedAndNextOnesCopied_WhenSomeRowsWereThere()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        var all = Enumerable.Range(0, 400).Select(i => ChainSample.Transaction($"t{i}")).ToArray();
        await harness.WriteAsync([.. all.Take(100)]);

        await harness.WriteAsync([.. all.Skip(50).Take(100)]);
        await harness.WriteAsync([.. all.Skip(150).Take(100)]);
        await harness.WriteAsync([.. all.Skip(240)]);

        Assert.Equal((400, 400), (await database.CountAsync("transactions"), harness.Counters.TransactionRows));
    }
}
