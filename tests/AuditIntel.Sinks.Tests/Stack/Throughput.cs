using System.Diagnostics;
using System.Globalization;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>What the throughput tests measure and how.</summary>
internal static class Throughput
{
    /// <summary>AUDITINTEL_SINK_ROWS, or the given number without it.</summary>
    public static int Rows(int otherwise) =>
        Environment.GetEnvironmentVariable("AUDITINTEL_SINK_ROWS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public static Task<decimal> LogPositionAsync(TestDatabase database) =>
        database.ScalarAsync<decimal>("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");

    /// <summary>Writes records through a sink's writer in batches of that size.</summary>
    /// <returns>Records a second.</returns>
    public static async Task<double> SinkAsync(WriterHarness harness, IReadOnlyCollection<object> records, int batchRecords)
    {
        await harness.PlaceAsync();
        var clock = Stopwatch.StartNew();
        foreach (var chunk in records.Chunk(batchRecords))
        {
            Assert.Equal(WriteOutcome.Written, await harness.WriteAsync(chunk));
        }

        return records.Count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Processor time that this process and the server's session of the harness have taken so far; the session is null before its first use.</summary>
    public static async Task<(TimeSpan Client, TimeSpan? Server)> ProcessorTimeAsync(TestDatabase database, string application)
    {
        using var self = Process.GetCurrentProcess();
        var sessions = await database.ColumnAsync<int>(
            $"SELECT pid FROM pg_stat_activity WHERE application_name = '{application}' AND datname = current_database()");
        if (sessions.Count == 0)
        {
            return (self.TotalProcessorTime, null);
        }

        using var session = Process.GetProcessById(sessions[0]);
        return (self.TotalProcessorTime, session.TotalProcessorTime);
    }

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
