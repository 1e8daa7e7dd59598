using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Sinks.Tests.Transactions;

/// <summary>A reorganisation marks what it orphans; what is mined again stands, whatever the batches, the replays and the months.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ReorganisationTests(PostgresFixture server)
{
    private const string Rows =
        "SELECT concat_ws(' ', hex(hash), extract(epoch FROM occurred_at)::bigint, hex(block_hash), removed, score, extract(epoch FROM scored_at)) FROM transactions ORDER BY 1";

    private const string Versions = "SELECT concat_ws(' ', tableoid::regclass, hex(hash), occurred_at, xmin) FROM transactions UNION ALL SELECT concat_ws(' ', id, xmin) FROM anomalies ORDER BY 1";

    private static readonly DateTimeOffset EndOfMay = new(2024, 5, 31, 23, 59, 55, TimeSpan.Zero);
    private static readonly DateTimeOffset StartOfJune = new(2024, 6, 1, 0, 0, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RetractedTransaction_ShouldBeMarked_AndStandInItsNewMonth(int batchSize)
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        object[] history =
        [
            ChainSample.Transaction("a", EndOfMay, "A", scored: 1),
            ChainSample.Anomaly("a", EndOfMay, "A", detected: 1),
            ChainSample.Transaction("a", EndOfMay, "A", removed: true, scored: 2),
            ChainSample.Anomaly("a", EndOfMay, "A", removed: true, detected: 2),
            ChainSample.Transaction("a", StartOfJune, "B", scored: 3),
            ChainSample.Anomaly("a", StartOfJune, "B", detected: 3),
        ];

        foreach (var batch in history.Chunk(batchSize))
        {
            await harness.WriteAsync(batch);
        }

        Assert.Equal(
            ["transactions_2024_05 t A", "transactions_2024_06 f B"],
            (await database.ColumnAsync<string>("SELECT concat_ws(' ', tableoid::regclass, removed, hex(block_hash)) FROM transactions ORDER BY 1"))
                .Select(row => row.Replace(ChainSample.Hash("block A"), "A", StringComparison.Ordinal).Replace(ChainSample.Hash("block B"), "B", StringComparison.Ordinal)));
        Assert.Equal(
            ["anomalies_2024_05 t", "anomalies_2024_06 f"],
            await database.ColumnAsync<string>("SELECT concat_ws(' ', tableoid::regclass, removed) FROM anomalies ORDER BY 1"));
    }

    [Fact]
    public async Task TransactionOfASiblingBlock_ShouldTakeThePlace_WhenBothBlocksHaveTheSameSecond()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Transaction("a", block: "A", scored: 1), ChainSample.Transaction("a", block: "A", removed: true, scored: 2), ChainSample.Transaction("a", block: "B", scored: 3));
        await harness.WriteAsync(ChainSample.Transaction("b", block: "A", scored: 1));
        await harness.WriteAsync(ChainSample.Transaction("b", block: "B", scored: 2));
        await harness.WriteAsync(ChainSample.Transaction("b", block: "A", removed: true, scored: 3));

        Assert.Equal(2, await database.CountAsync($"transactions WHERE NOT removed AND block_hash = unhex('{ChainSample.Hash("block B")}')"));
        Assert.Equal(2, await database.CountAsync("transactions"));
    }

    [Fact]
    public async Task Retraction_ShouldBeMarked_WhenNoBlockHashIsKnown()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Transaction("a", scored: 1) with { BlockHash = null });
        await harness.WriteAsync(ChainSample.Transaction("a", scored: 2, removed: true) with { BlockHash = null });

        Assert.Equal(1, await database.CountAsync("transactions WHERE removed"));
    }

    [Fact]
    public async Task EarlierScore_ShouldNotReplaceALaterOne()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Transaction("a", scored: 5, score: 0.5));
        await harness.WriteAsync(ChainSample.Transaction("a", scored: 4, score: 0.1));

        Assert.Equal([0.5], await database.ColumnAsync<double>("SELECT score FROM transactions"));
    }

    [Fact]
    public async Task Replay_ShouldChangeNothing_NotEvenRowVersions()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        object[] records = [.. Enumerable.Range(0, 300).Select(i => (object)ChainSample.Transaction($"t{i % 250}", EndOfMay.AddSeconds(i % 250), scored: i)), ChainSample.Anomaly("x")];
        await harness.WriteAsync(records);
        var before = await database.ColumnAsync<string>(Versions);
        var rows = harness.Counters.TransactionRows;

        await harness.WriteAsync(records);
        await harness.WriteAsync(records[..10]);

        Assert.Equal(before, await database.ColumnAsync<string>(Versions));
        Assert.Equal((250, 250), (rows, harness.Counters.TransactionRows));
    }

    [Fact]
    public async Task FinalRows_ShouldBeTheSame_WhateverTheInterleavingBatchesAndReplays()
    {
        var database = await server.CreateAsync();
        var expected = Model();
        var cases = Gen.Choose(1, 1_000_000).Select(seed => new Random(seed));
        foreach (var random in Gen.Sample(cases, 12))
        {
            await database.ExecuteAsync("TRUNCATE transactions; DELETE FROM sink_offsets");
            await using var harness = TransactionsHarness.Of(database);
            await harness.PlaceAsync();
            var log = Interleave(random);
            var from = 0;
            while (from < log.Count)
            {
                var count = Math.Min(random.Next(1, 12), log.Count - from);
                Assert.Equal(WriteOutcome.Written, await harness.WriteAsync([.. log.Skip(from).Take(count)]));

                // Now and then somebody sets the offsets back.
                from = random.Next(8) == 0 ? random.Next(from + 1) : from + count;
            }

            Assert.Equal(string.Join('\n', expected), string.Join('\n', await database.ColumnAsync<string>(Rows)));
        }
    }

    private static List<ScoredTransaction> History(int transaction)
    {
        // Every way from mined to its end: kept, retracted, mined again in the same second, in the next month, back in the first block.
        (string Block, DateTimeOffset At, bool Removed)[] steps =
        [
            ("A", EndOfMay, false), ("A", EndOfMay, true), ("B", EndOfMay, false), ("B", EndOfMay, true), ("C", StartOfJune, false), ("C", StartOfJune, true), ("A", EndOfMay, false),
        ];
        return [.. steps.Take(1 + (transaction % steps.Length))
            .Select((s, i) => ChainSample.Transaction($"t{transaction}", s.At, s.Block, s.Removed, scored: i, score: i / 100.0))];
    }

    // Each transaction's records keep their order, as a partition keeps it; those of different ones come in any.
    private static List<ScoredTransaction> Interleave(Random random)
    {
        var queues = Enumerable.Range(0, 15).Select(t => new Queue<ScoredTransaction>(History(t))).ToList();
        var log = new List<ScoredTransaction>();
        while (queues.Count > 0)
        {
            var queue = queues[random.Next(queues.Count)];
            log.Add(queue.Dequeue());
            if (queue.Count == 0)
            {
                queues.Remove(queue);
            }
        }

        return log;
    }

    // The last word on each transaction and second.
    private static List<string> Model() =>
    [
        .. Enumerable.Range(0, 15).SelectMany(History)
            .GroupBy(t => (t.Hash, t.Timestamp))
            .Select(g => g.Last())
            .Select(t => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{t.Hash} {t.Timestamp.ToUnixTimeSeconds()} {t.BlockHash} {(t.Removed ? "t" : "f")} {t.Score} {t.ScoredAt.ToUnixTimeMilliseconds() / 1000m:0.000000}"))
            .Order(StringComparer.Ordinal),
    ];
}
