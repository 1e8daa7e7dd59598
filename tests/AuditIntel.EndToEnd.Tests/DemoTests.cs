using System.Text.Json;
using Npgsql;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>The main job as a new user runs it, on the real stack.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Demo_ShouldGiveTheSamplesKnownTruth_AndAgainWithoutNewRows()
    {
        await using var folder = new DataFolder();
        JsonElement first = await ProgramRun.JsonAsync(Patience, "demo", "--json", "--data-dir", folder.Path);
        AssertTruth(first);
        Assert.Equal(344, first.GetProperty("findings").GetProperty("added").GetInt64());

        JsonElement second = await ProgramRun.JsonAsync(Patience, "demo", "--json", "--data-dir", folder.Path);
        AssertTruth(second);
        Assert.Equal(0, second.GetProperty("findings").GetProperty("added").GetInt64());
    }

    [Fact]
    public async Task Demo_ShouldLeaveTheStackRunning_WhenToldToKeepIt()
    {
        await using var folder = new DataFolder();
        using ProgramRun demo = ProgramRun.Start("demo", "--keep", "--data-dir", folder.Path);
        Assert.Equal(0, await demo.ExitCodeAsync(Patience));
        Assert.Contains("kcat -b", demo.Error);
        Assert.Contains("findings read", demo.Output);

        // The background stack takes a second run, and shows its topics and rows.
        AssertTruth(await ProgramRun.JsonAsync(Patience, "demo", "--json", "--data-dir", folder.Path));
        using ProgramRun topics = ProgramRun.Start("topics", "--data-dir", folder.Path);
        Assert.Equal(0, await topics.ExitCodeAsync(Patience));
        Assert.Contains("auditintel.findings.raw.dlq", topics.Output);

        using ProgramRun tail = ProgramRun.Start("topics", "tail", "auditintel.findings", "-n", "1", "--data-dir", folder.Path);
        Assert.Equal(0, await tail.ExitCodeAsync(Patience));
        string line = tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.Equal(64, JsonDocument.Parse(line).RootElement.GetProperty("value").GetProperty("id").GetString()!.Length);

        await using NpgsqlConnection database = await folder.DatabaseAsync();
        Assert.Equal(320L, await ScalarAsync(database, "select count(*) from findings"));
        Assert.Equal(24L, await ScalarAsync(database, "select count(*) from finding_duplicates d join findings f on f.id = d.canonical_id"));
        Assert.Equal(7L, await ScalarAsync(database, "select count(*) from dead_letters"));
        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from findings where contest_name is null"));

        using ProgramRun stop = ProgramRun.Start("stop", "--data-dir", folder.Path);
        Assert.Equal(0, await stop.ExitCodeAsync(Patience));
    }

    [Fact]
    public async Task Ingest_ShouldEndInTheSameRows_WhenKilledOnTheWay()
    {
        await using var whole = new DataFolder();
        await using var killed = new DataFolder();
        string sample = Path.Combine(AppContext.BaseDirectory, "Demo", "Sample");
        await ProgramRun.JsonAsync(Patience, "ingest", sample, "--json", "--data-dir", whole.Path);

        foreach (int milliseconds in new[] { 400, 800, 1200, 2500, 3500 })
        {
            using ProgramRun run = ProgramRun.Start("ingest", sample, "--json", "--data-dir", killed.Path);
            await Task.Delay(milliseconds);
            run.KillHard();
        }

        await ProgramRun.JsonAsync(Patience, "ingest", sample, "--json", "--data-dir", killed.Path);
        Assert.Equal(await RowsAsync(whole), await RowsAsync(killed));
    }

    private static async Task<string> RowsAsync(DataFolder folder)
    {
        using ProgramRun run = ProgramRun.Start("run", "--data-dir", folder.Path);
        await folder.ReadyAsync();
        await using NpgsqlConnection database = await folder.DatabaseAsync();
        return (string)(await ScalarAsync(
            database,
            """
            select (select md5(string_agg(concat_ws('|', id, content_hash, severity, vulnerability_type, contest_name, title), ',' order by id)) from findings)
              || (select md5(string_agg(id || canonical_id, ',' order by id)) from finding_duplicates)
              || (select count(*) || md5(string_agg(id || error_class, ',' order by id)) from dead_letters)
              || (select count(*) || md5(string_agg(concat_ws('|', hash, occurred_at, sender, receiver, value, score, confidence, severity, parts), ',' order by hash)) from transactions)
              || (select count(*) || md5(string_agg(concat_ws('|', id, address, score, reasons), ',' order by id)) from anomalies)
              || (select count(*) || md5(string_agg(concat_ws('|', id, title, severity), ',' order by id)) from alerts)
            """))!;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        return await command.ExecuteScalarAsync();
    }

    private static void AssertTruth(JsonElement summary)
    {
        JsonElement findings = summary.GetProperty("findings");
        Assert.Equal(344, findings.GetProperty("read").GetInt64());
        Assert.Equal(320, findings.GetProperty("stored").GetInt64());
        Assert.Equal(24, findings.GetProperty("duplicates").GetInt64());
        Assert.Equal(14, summary.GetProperty("contests").GetInt64());
        Assert.Equal(7, summary.GetProperty("deadLetters").GetInt64());
        Assert.Equal(
            "missing-body 2, bad-csv-row 1, binary-file 1, empty-file 1, invalid-utf8 1, no-findings-recognised 1", Pairs(summary.GetProperty("deadLettersByReason")));
        Assert.Equal("code4rena 157, sherlock 103, firm:cyfrin 32, firm:pashov-audit-group 28", Pairs(findings.GetProperty("byPlatform")));
        Assert.Equal("medium 122, high 76, low 66, informational 31, gas 22, critical 2, unknown 1", Pairs(findings.GetProperty("bySeverity")));
        Assert.Equal(320, findings.GetProperty("byType").EnumerateObject().Sum(type => type.Value.GetInt64()));
        JsonElement transactions = summary.GetProperty("transactions");
        foreach (string count in new[] { "read", "stored", "scored" })
        {
            Assert.Equal(3343, transactions.GetProperty(count).GetInt64());
        }

        long anomalies = summary.GetProperty("anomalies").GetInt64();
        Assert.InRange(anomalies, 1000, 2000);
        Assert.Equal(anomalies, summary.GetProperty("anomaliesBySeverity").EnumerateObject().Sum(severity => severity.Value.GetInt64()));
        Assert.InRange(summary.GetProperty("alerts").GetInt64(), 1, anomalies);
        Assert.InRange(summary.GetProperty("precision").GetDouble(), 0.85, 1);
        Assert.InRange(summary.GetProperty("recall").GetDouble(), 0.75, 1);
        Assert.True(summary.GetProperty("elapsedSeconds").GetDouble() > 0);
        Assert.True(summary.GetProperty("recordsPerSecond").GetDouble() > 0);
        Assert.InRange(summary.GetProperty("peakMemoryMiB").GetDouble(), 1, 600);
    }

    private static string Pairs(JsonElement counts) =>
        string.Join(", ", counts.EnumerateObject().Select(pair => $"{pair.Name} {pair.Value.GetInt64()}"));
}
