using System.Text.Json;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>What a researcher asks: what is dangerous, what repeats what, what is new.</summary>
public sealed class QueryTests(QueryTests.Demo demo) : IClassFixture<QueryTests.Demo>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Findings_ShouldAnswerTheFilters()
    {
        JsonElement severe = await AskAsync("findings", "--severity", "high", "--limit", "500");
        Assert.Equal(78, severe.GetArrayLength());
        Assert.All(severe.EnumerateArray(), row => Assert.Contains(row.GetProperty("severity").GetString(), (string[])["high", "critical"]));

        JsonElement some = await AskAsync("findings", "--type", "reentrancy", "--platform", "sherlock", "--since", "2025-01-01");
        Assert.NotEqual(0, some.GetArrayLength());
        Assert.All(some.EnumerateArray(), row => Assert.Equal(("reentrancy", "sherlock"), (row.GetProperty("type").GetString(), row.GetProperty("platform").GetString())));

        Assert.Equal(0, (await AskAsync("findings", "--text", "100% of nothing_like_this")).GetArrayLength());
    }

    [Fact]
    public async Task DuplicatesOfAFinding_ShouldBeThoseThatItCounts()
    {
        JsonElement[] findings = [.. (await AskAsync("findings", "--limit", "500")).EnumerateArray()];
        Assert.Equal(24, findings.Sum(row => row.GetProperty("duplicates").GetInt64()));
        JsonElement repeated = findings.First(row => row.GetProperty("duplicates").GetInt64() > 0);

        JsonElement duplicates = await AskAsync("findings", "--duplicates-of", repeated.GetProperty("id").GetString()!);

        Assert.Equal(repeated.GetProperty("duplicates").GetInt64(), duplicates.GetArrayLength());
        Assert.All(duplicates.EnumerateArray(), row => Assert.Equal(1, row.GetProperty("similarity").GetDouble()));
    }

    [Fact]
    public async Task Patterns_ShouldRankTypesByRisk_WithExamples()
    {
        JsonElement[] patterns = [.. (await AskAsync("patterns", "--limit", "5")).EnumerateArray()];

        Assert.Equal(5, patterns.Length);
        Assert.Equal(patterns.Select(row => row.GetProperty("risk").GetInt64()).OrderDescending(), patterns.Select(row => row.GetProperty("risk").GetInt64()));
        Assert.All(patterns, row => Assert.InRange(row.GetProperty("examples").GetArrayLength(), 1, 3));
        Assert.All(patterns, row => Assert.NotEmpty(row.GetProperty("recommendation").GetString()!));
    }

    [Fact]
    public async Task Trends_ShouldShowTheNewestWindow()
    {
        // Trends are told a moment after the findings are stored.
        using var deadline = new CancellationTokenSource(Patience);
        JsonElement answer;
        do
        {
            answer = await AskAsync("trends", "--days", "90", "--by", "platform");
        }
        while (answer.GetProperty("trends").GetArrayLength() < 4 && !deadline.IsCancellationRequested);

        Assert.Equal(
            ["code4rena", "firm:cyfrin", "firm:pashov-audit-group", "sherlock"],
            answer.GetProperty("trends").EnumerateArray().Select(row => row.GetProperty("value").GetString()).Order());
        Assert.All(answer.GetProperty("trends").EnumerateArray(), row => Assert.True(row.GetProperty("count").GetInt64() + row.GetProperty("previousCount").GetInt64() > 0));
    }

    [Fact]
    public async Task ExportedPatterns_ShouldBeTheSameInAllForms()
    {
        string[] json = [.. JsonDocument.Parse(await ExportAsync("json")).RootElement.EnumerateArray().Select(row => row.GetProperty("type").GetString()!)];
        string[] csv = [.. (await ExportAsync("csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[0])];
        JsonElement sarif = JsonDocument.Parse(await ExportAsync("sarif")).RootElement;
        JsonElement run = Assert.Single(sarif.GetProperty("runs").EnumerateArray());
        string[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!)];

        Assert.NotEmpty(json);
        Assert.Equal(json, csv);
        Assert.Equal(json, rules);
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        });
    }

    private async Task<JsonElement> AskAsync(params string[] question) =>
        await ProgramRun.JsonAsync(Patience, ["query", .. question, "--json", "--data-dir", demo.Folder.Path]);

    private async Task<string> ExportAsync(string format)
    {
        using ProgramRun run = ProgramRun.Start("export", "patterns", "--format", format, "--data-dir", demo.Folder.Path);
        Assert.True(await run.ExitCodeAsync(Patience) == 0, run.Error);
        return run.Output;
    }

    /// <summary>The sample in a stack that goes on running.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        internal DataFolder Folder { get; } = new();

        public async Task InitializeAsync()
        {
            using ProgramRun run = ProgramRun.Start("demo", "--keep", "--data-dir", Folder.Path);
            Assert.True(await run.ExitCodeAsync(Patience) == 0, run.Error);
        }

        public async Task DisposeAsync() => await Folder.DisposeAsync();
    }
}
