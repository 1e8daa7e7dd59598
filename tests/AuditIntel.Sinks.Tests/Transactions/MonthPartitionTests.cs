using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Transactions;

[Collection(PostgresCollection.Name)]
public sealed class MonthPartitionTests(PostgresFixture server)
{
    private const string Partitions = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'transactions'::regclass ORDER BY 1";

    [Fact]
    public async Task Months_ShouldBeMadeAheadOfTheClock()
    {
        var database = await server.CreateAsync();
        var clock = new SetClock(new DateTimeOffset(2024, 11, 30, 23, 0, 0, TimeSpan.Zero));
        await using var harness = TransactionsHarness.Of(database, monthsAhead: 2, clock);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Alert("a"));
        Assert.Equal(["transactions_2024_11", "transactions_2024_12", "transactions_2025_01"], await database.ColumnAsync<string>(Partitions));

        clock.Now = clock.Now.AddDays(1);
        await harness.WriteAsync(ChainSample.Alert("a"));
        Assert.Equal("transactions_2025_02", (await database.ColumnAsync<string>(Partitions))[^1]);
        Assert.Equal(4, await database.CountAsync("pg_inherits WHERE inhparent = 'anomalies'::regclass"));
    }

    [Fact]
    public async Task Rows_ShouldStandInTheMonthOfTheirBlock_InUtc()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch, new(2015, 7, 30, 15, 26, 28, TimeSpan.Zero), new(2015, 8, 1, 0, 0, 0, TimeSpan.Zero), new(2015, 8, 1, 0, 30, 0, TimeSpan.FromHours(1)),
            new(2099, 12, 31, 23, 59, 59, TimeSpan.Zero),
        ];

        await harness.WriteAsync([.. times.Select((t, i) => ChainSample.Transaction($"t{i}", t))]);

        Assert.Equal(
            ["transactions_1970_01", "transactions_2015_07", "transactions_2015_07", "transactions_2015_08", "transactions_2099_12"],
            await database.ColumnAsync<string>("SELECT tableoid::regclass::text FROM transactions ORDER BY 1"));
        Assert.Equal(0, await database.CountAsync("pg_partitioned_table WHERE partdefid <> 0"));
    }

    [Fact]
    public async Task Months_ShouldBeMadeOnce_WhenSeveralSinksNeedThemTogether()
    {
        var database = await server.CreateAsync();
        var writes = Enumerable.Range(0, 4).Select(async sink =>
        {
            await using var harness = new WriterHarness(database, $"sink {sink}", TransactionsHarness.Content());
            await harness.PlaceAsync();
            for (var month = 1; month <= 12; month++)
            {
                Assert.Equal(
                    WriteOutcome.Written,
                    await harness.WriteAsync(ChainSample.Transaction($"{sink} {month}", new DateTimeOffset(2020, month, 5, 0, 0, 0, TimeSpan.Zero), modelVersion: $"{month}")));
            }
        });

        await Task.WhenAll(writes);

        Assert.Equal((48, 12), (await database.CountAsync("transactions"), await database.CountAsync("scorers")));
    }

    [Fact]
    public async Task RowsOfADetachedMonth_ShouldBecomeDeadLetters_WhileOthersAreStored()
    {
        var database = await server.CreateAsync();
        await using (var first = TransactionsHarness.Of(database))
        {
            await first.PlaceAsync();
            await first.WriteAsync(ChainSample.Transaction("a", ChainSample.Day));
        }

        await database.ExecuteAsync("ALTER TABLE transactions DETACH PARTITION transactions_2024_05");
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Transaction("b", ChainSample.Day), ChainSample.Transaction("c", ChainSample.Day.AddMonths(1)));

        Assert.Equal([ChainSample.Hash("c")], await database.ColumnAsync<string>("SELECT hash FROM transactions_hex"));
        Assert.Equal(1, await database.CountAsync("dead_letters WHERE error_class = 'refused-by-database'"));
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
