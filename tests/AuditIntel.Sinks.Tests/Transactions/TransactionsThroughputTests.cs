using System.Diagnostics;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using AuditIntel.Sinks.Transactions;
using Xunit.Abstractions;

namespace AuditIntel.Sinks.Tests.Transactions;

/// <summary>
/// Exactly-once writing of transactions against bare binary COPY of the same rows into a table with the same columns and indexes, side by side, and
/// the same rows once more as a replay. AUDITINTEL_SINK_ROWS sets the number of rows, 20000 without it.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class TransactionsThroughputTests(PostgresFixture server, ITestOutputHelper output)
{
    private const int BatchRecords = 20_000;

    [Fact]
    public async Task Writer_ShouldLogLittleMoreThanBareCopy_WhenItWritesTheSameRows()
    {
        var count = Throughput.Rows(20_000);
        var random = new Random(11);
        var transactions = Enumerable.Range(0, count).Select(i => Make(i, random)).ToArray();
        var database = await server.CreateAsync();
        await PrepareAsync(database, transactions[0]);
        var bare = new List<double>();
        var sink = new List<double>();
        var replay = new List<double>();
        var log = new List<double>();
        var client = new List<double>();
        var session = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            await database.ExecuteAsync("DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE transactions INCLUDING ALL); TRUNCATE transactions; UPDATE sink_offsets SET next_offset = 0");
            await database.ExecuteAsync("CHECKPOINT");
            var start = await Throughput.LogPositionAsync(database);
            bare.Add(await CopyAsync(database, transactions));
            var copied = await Throughput.LogPositionAsync(database) - start;
            await database.ExecuteAsync("CHECKPOINT");
            start = await Throughput.LogPositionAsync(database);
            await using var harness = TransactionsHarness.Of(database);
            await harness.PlaceAsync();
            var before = await Throughput.ProcessorTimeAsync(database, "test-sink");
            sink.Add(await Throughput.SinkAsync(harness, transactions, BatchRecords));
            var after = await Throughput.ProcessorTimeAsync(database, "test-sink");
            client.Add((after.Client - before.Client).TotalMicroseconds / count);
            session.Add((after.Server - before.Server)?.TotalMicroseconds / count ?? 0);
            log.Add((double)((await Throughput.LogPositionAsync(database) - start) / copied));
            Assert.Equal(count, await database.CountAsync("transactions"));
            replay.Add(await Throughput.SinkAsync(harness, transactions, BatchRecords));
            Assert.Equal(count, harness.Counters.TransactionRows);
        }

        var size = await database.ScalarAsync<string>(
            "SELECT concat_ws(' + ', sum(pg_relation_size(inhrelid)) / (SELECT count(*) FROM transactions), sum(pg_indexes_size(inhrelid)) / (SELECT count(*) FROM transactions)) "
            + "FROM pg_inherits WHERE inhparent = 'transactions'::regclass");
        output.WriteLine(
            $"{count} transactions, rows/s (median of 3): sink {Throughput.Median(sink):0}, COPY into the same table {Throughput.Median(bare):0} "
            + $"(ratio {Throughput.Median(sink) / Throughput.Median(bare):0.00}), replay {Throughput.Median(replay):0}; processor time a row: writer {Throughput.Median(client):0.0} us, server {Throughput.Median(session):0.0} us; write-ahead log {Throughput.Median(log):0.00} of COPY's; "
            + $"bytes a row, heap + indexes: {size}");

        // Times on a busy machine prove nothing, bytes of the log do: rows must not be written twice.
        Assert.InRange(Throughput.Median(log), 0.5, 1.5);
    }

    [Fact]
    public async Task Sink_ShouldBringEveryRow_WhenManyWaitOnTheTopic()
    {
        var count = Throughput.Rows(10_000);
        var random = new Random(11);
        var database = await server.CreateAsync();
        await using var broker = await TestBroker.StartAsync();
        await broker.SendAsync([.. Enumerable.Range(0, count).Select(i => Make(i, random))]);
        await using var running = new RunningSink(broker.TransactionsOptions(database) with { MaxBatchDelay = TimeSpan.FromMilliseconds(200) });
        await Wait.UntilAsync(() => Task.FromResult(running.Sink.Counters.Records > 0));
        var (clock, first) = (Stopwatch.StartNew(), running.Sink.Counters.Records);

        await Wait.UntilAsync(() => Task.FromResult(running.Sink.Counters.Records == count), 60);

        output.WriteLine(
            $"{count} transactions from the topic to their rows, from the first batch's commit to the last's: {(count - first) / clock.Elapsed.TotalSeconds:0} a second, {running.Sink.Counters.Batches} batches");
        Assert.Equal(count, await database.CountAsync("transactions"));
    }

    private static async Task PrepareAsync(TestDatabase database, ScoredTransaction one)
    {
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(one, one with { Timestamp = one.Timestamp.AddMonths(1) });
    }

    private static ScoredTransaction Make(int i, Random random) =>
        ChainSample.Transaction($"t{i}", new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(12 * (i / 150)), $"{i / 150}", score: random.NextDouble()) with
        {
            BlockNumber = 19_000_000 + (i / 150),
            TransactionIndex = i % 150,
            From = ChainSample.Address($"s{random.Next(20_000)}"),
            To = ChainSample.Address($"r{random.Next(5_000)}"),
            Severity = i % 50 == 0 ? AnomalySeverity.High : AnomalySeverity.None,
            Labels = i % 50 == 0 ? ["from:phishing"] : [],
        };

    private static async Task<double> CopyAsync(TestDatabase database, ScoredTransaction[] transactions)
    {
        await using var connection = await database.OpenAsync();
        var clock = Stopwatch.StartNew();
        using var buffer = new CopyBuffer();
        buffer.Header();
        await using (var stream = await connection.BeginRawBinaryCopyAsync(
            SqlResource.Statement("copy_transactions").Replace("COPY transactions", "COPY bare", StringComparison.Ordinal)))
        {
            foreach (var transaction in transactions)
            {
                buffer.StartRow(TransactionRows.Columns);
                TransactionRows.Write(buffer, transaction, scorer: 1);
                if (buffer.Length > 192 * 1024)
                {
                    await stream.WriteAsync(buffer.Written);
                    buffer.Clear();
                }
            }

            buffer.Trailer();
            await stream.WriteAsync(buffer.Written);
        }

        return transactions.Length / clock.Elapsed.TotalSeconds;
    }
}
