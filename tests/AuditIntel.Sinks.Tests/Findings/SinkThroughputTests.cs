using System.Diagnostics;
using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;
using Xunit.Abstractions;

namespace AuditIntel.Sinks.Tests.Findings;

/// <summary>
/// Exactly-once writing against bare binary COPY of the same rows into a table with the same columns and indexes, side by side. The figures are
/// printed (dotnet test --logger "console;verbosity=detailed"); AUDITINTEL_SINK_ROWS sets the number of rows, 6000 without it.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class SinkThroughputTests(PostgresFixture server, ITestOutputHelper output)
{
    // What 8 MiB of findings of this size come to: the default batch.
    private const int BatchRecords = 2_500;

    private static readonly string[] Words =
        "the vault attacker contract reward balance transfer before update owner can call function without check price oracle share deposit withdraw token 0x `msg.sender` uint256 require ``` loss funds Impact Proof Recommended"
            .Split(' ');

    [Fact]
    public async Task Writer_ShouldLogLittleMoreThanBareCopy_WhenItWritesTheSameRows()
    {
        var count = Throughput.Rows(6_000);
        var random = new Random(11);
        var findings = Enumerable.Range(0, count).Select(i => Make(i, random)).ToArray();
        var database = await server.CreateAsync();
        var indexed = new List<double>();
        var heap = new List<double>();
        var sink = new List<double>();
        var log = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            await database.ExecuteAsync(
                "DROP TABLE IF EXISTS bare, bare_heap; CREATE TABLE bare (LIKE findings INCLUDING ALL); ALTER TABLE bare ALTER severity TYPE text; "
                + "CREATE TABLE bare_heap (LIKE bare INCLUDING COMPRESSION); TRUNCATE findings; UPDATE sink_offsets SET next_offset = 0; CHECKPOINT");
            var start = await Throughput.LogPositionAsync(database);
            indexed.Add(await CopyAsync(database, "bare", findings));
            var copied = await Throughput.LogPositionAsync(database) - start;
            heap.Add(await CopyAsync(database, "bare_heap", findings));
            await database.ExecuteAsync("CHECKPOINT");
            start = await Throughput.LogPositionAsync(database);
            await using (var harness = new WriterHarness(database))
            {
                sink.Add(await Throughput.SinkAsync(harness, findings, BatchRecords));
            }

            log.Add((double)((await Throughput.LogPositionAsync(database) - start) / copied));
            Assert.Equal(count, await database.CountAsync("findings"));
        }

        output.WriteLine(
            $"{count} findings, 3 KB bodies, rows/s (median of 3): sink {Throughput.Median(sink):0}, COPY into the same table {Throughput.Median(indexed):0} "
            + $"(ratio {Throughput.Median(sink) / Throughput.Median(indexed):0.00}), COPY into a table without indexes {Throughput.Median(heap):0} (ratio {Throughput.Median(sink) / Throughput.Median(heap):0.00}); "
            + $"write-ahead log of the sink {Throughput.Median(log):0.00} of COPY's");

        // Times on a busy machine prove nothing, bytes of the log do: staging must not be logged, rows not be written twice.
        Assert.InRange(Throughput.Median(log), 0.5, 1.5);
    }

    private static Finding Make(int i, Random random)
    {
        var body = string.Join(' ', Enumerable.Range(0, 430).Select(_ => random.Next(8) == 0 ? random.Next().ToString(CultureInfo.InvariantCulture) : Words[random.Next(Words.Length)]));
        return Sample.Finding($"F-{i}", contest: $"{i % 97}", severity: (Severity)(i % 7), body: body) with
        {
            VulnerabilityType = $"type-{i % 25}",
            PublishedAt = Sample.Day.AddHours(-i % 20_000),
        };
    }

    private static async Task<double> CopyAsync(TestDatabase database, string table, Finding[] findings)
    {
        await using var connection = await database.OpenAsync();
        var copy = SqlResource.Statement("copy_findings")
            .Replace("pg_temp.staged_findings", table, StringComparison.Ordinal)
            .Replace("reading\n", "reading, changed_at\n", StringComparison.Ordinal);
        var clock = Stopwatch.StartNew();
        await using (var importer = await connection.BeginBinaryImportAsync(copy))
        {
            foreach (var finding in findings)
            {
                FindingRows.Write(importer, finding);
                importer.WriteTime(finding.CollectedAt);
            }

            await importer.CompleteAsync();
        }

        return findings.Length / clock.Elapsed.TotalSeconds;
    }
}
