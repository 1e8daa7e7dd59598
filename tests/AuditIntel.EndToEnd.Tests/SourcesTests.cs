using System.Text.Json;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Tests.Sources.Site;
using Npgsql;

namespace AuditIntel.EndToEnd.Tests;

/// <summary><c>auditintel sources</c> on local sites.</summary>
public sealed class SourcesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Check_ShouldSayOfEveryKindWhatEveryFailureIs()
    {
        (SiteKind Kind, SiteMode Mode)[] all = [.. Enum.GetValues<SiteKind>().SelectMany(kind => Enum.GetValues<SiteMode>().Select(mode => (kind, mode)))];
        await using LocalSite site = await LocalSite.StartAsync(all);
        await using var folder = new DataFolder();
        string catalogue = await CatalogueAsync(folder, [.. all.Select(each => site.Entry(each.Kind, each.Mode))]);
        using ProgramRun run = ProgramRun.Start("sources", "check", "--live", "--catalogue", catalogue, "--json");
        Assert.Equal(1, await run.ExitCodeAsync(Patience));
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(all.Length, answer.GetProperty("valid").GetInt32());
        Dictionary<string, JsonElement> sources = answer.GetProperty("sources").EnumerateArray().ToDictionary(each => each.GetProperty("id").GetString()!);
        Assert.All(all, each =>
        {
            JsonElement source = sources[SiteEntries.IdOf(each.Kind, each.Mode)];
            FetchFault? expected = ExpectedFaults.Of(each.Mode);
            Assert.Equal(expected?.ToString() ?? "Ok", source.GetProperty("answer").GetString()!.Replace("-", ""), ignoreCase: true);
            Assert.Equal(expected is null, source.GetProperty("good").GetBoolean());
            Assert.Equal(expected is null, source.GetProperty("records").GetInt32() > 0);
        });

        // The same as a table: a line for each source, and its sentence.
        using ProgramRun table = ProgramRun.Start("sources", "check", "rss-healthy", "csv-missing", "--catalogue", catalogue);
        Assert.Equal(1, await table.ExitCodeAsync(Patience));
        Assert.Contains("rss-healthy", table.Output);
        Assert.Contains("/table.csv answers with status 404.", table.Output);
        Assert.Contains("1 of 2 sources answer as they should.", table.Output);
        using ProgramRun good = ProgramRun.Start("sources", "check", "rss-healthy", "--catalogue", catalogue);
        Assert.Equal(0, await good.ExitCodeAsync(Patience));
    }

    [Fact]
    public async Task Check_ShouldNameFileAndLineOfEveryFault_AndFail()
    {
        await using var folder = new DataFolder();
        string catalogue = Path.Combine(folder.Path, "wrong.yaml");
        await File.WriteAllTextAsync(catalogue, """
            extends: none
            sources:
              - { id: good, name: Good, kind: feed, url: "https://example.org/feed", platform: incidents }
              - { id: bad, name: Bad, kind: feed, url: nowhere, platform: incidents, color: red }
            """);
        using ProgramRun run = ProgramRun.Start("sources", "check", "--catalogue", catalogue);
        Assert.Equal(1, await run.ExitCodeAsync(Patience));
        Assert.Contains("wrong.yaml, line 4: source 'bad': 'url' is 'nowhere', which is no http(s) URL.", run.Output);
        Assert.Contains("wrong.yaml, line 4: source 'bad': 'color' is unknown", run.Output);
        Assert.Contains("1 entries are valid, 2 faults", run.Output);

        using ProgramRun builtIn = ProgramRun.Start("sources", "check");
        Assert.Equal(0, await builtIn.ExitCodeAsync(Patience));
        using ProgramRun unknown = ProgramRun.Start("sources", "check", "nobody");
        Assert.Equal(1, await unknown.ExitCodeAsync(Patience));
        Assert.Contains("There is no source 'nobody'; 'auditintel sources list' names those that there are.", unknown.Error);
        using ProgramRun missing = ProgramRun.Start("sources", "list", "--catalogue", catalogue + "x");
        Assert.Equal(2, await missing.ExitCodeAsync(Patience));
    }

    [Fact]
    public async Task KilledRun_ShouldGoOnWhereItStopped_AndThenFindNothingNew()
    {
        SiteKind[] kinds = [SiteKind.SherlockOwner, SiteKind.HtmlLinks, SiteKind.Csv];
        await using LocalSite site = await LocalSite.StartAsync([.. kinds.Select(kind => (kind, SiteMode.Healthy)), (SiteKind.Rss, SiteMode.Fails)]);
        await using var folder = new DataFolder();

        // A wrong entry is left out, and a source that fails keeps none of the others.
        string catalogue = await CatalogueAsync(
            folder, [.. kinds.Select(kind => site.Entry(kind).Replace("every: 1s", "every: 1h")), site.Entry(SiteKind.Rss, SiteMode.Fails), "- { id: wrong }\n"]);
        string[] options = ["--catalogue", catalogue, "--data-dir", folder.Path];
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        site.OnRequest = number =>
        {
            if (number < 9)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return release.Task;
        };
        using (ProgramRun killed = ProgramRun.Start(["sources", "run", .. options]))
        {
            await reached.Task.WaitAsync(Patience);
            killed.KillHard();
        }

        site.OnRequest = null;
        release.SetResult();
        string[] ids = [.. kinds.Select(kind => SiteEntries.IdOf(kind, SiteMode.Healthy))];
        JsonElement second = await ProgramRun.JsonAsync(Patience, ["sources", "run", .. ids, "--once", "--json", .. options]);
        Assert.All(second.GetProperty("sources").EnumerateArray(), source => Assert.True(source.GetProperty("good").GetBoolean()));
        using (ProgramRun failing = ProgramRun.Start(["sources", "run", "--once", "--json", .. options]))
        {
            Assert.Equal(1, await failing.ExitCodeAsync(Patience));
            Assert.Contains("source 'wrong': 'name' is missing. The entry is left out.", failing.Error.ReplaceLineEndings(" "));
            JsonElement[] sources = [.. JsonDocument.Parse(failing.Output).RootElement.GetProperty("sources").EnumerateArray()];
            Assert.Equal(["True 0", "True 0", "True 0", "False 0"], sources.Select(source => $"{source.GetProperty("good").GetBoolean()} {source.GetProperty("published").GetInt64()}"));
        }

        using ProgramRun tail = ProgramRun.Start("topics", "tail", "auditintel.findings.raw", "-n", "1000", "--data-dir", folder.Path);
        Assert.True(await tail.ExitCodeAsync(Patience) == 0, tail.Error);
        string[] found =
        [
            .. tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value"))
                .Select(value => $"{value.GetProperty("platform")}/{value.GetProperty("contest")}/{value.GetProperty("nativeId")}"),
        ];
        Assert.Equal(kinds.Length * SiteContent.Findings, found.Distinct().Count());
    }

    [Fact]
    public async Task List_ShouldSayHowFarSourcesAre_WhileAStackRuns()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.Atom);
        await using var folder = new DataFolder();
        string catalogue = await CatalogueAsync(folder, site.Entry(SiteKind.Atom));
        JsonElement alone = (await ProgramRun.JsonAsync(Patience, "sources", "list", "--json", "--catalogue", catalogue, "--data-dir", folder.Path)).GetProperty("sources")[0];
        Assert.Equal(JsonValueKind.Null, alone.GetProperty("lastPass").ValueKind);
        Assert.Equal(("atom-healthy", "feed", "127.0.0.1"), (alone.GetProperty("id").GetString(), alone.GetProperty("kind").GetString(), alone.GetProperty("host").GetString()));

        using ProgramRun stack = ProgramRun.Start("run", "--data-dir", folder.Path);
        await folder.ReadyAsync();
        await ProgramRun.JsonAsync(Patience, "sources", "run", "--once", "--json", "--catalogue", catalogue, "--data-dir", folder.Path);
        JsonElement listed = (await ProgramRun.JsonAsync(Patience, "sources", "list", "--json", "--catalogue", catalogue, "--data-dir", folder.Path)).GetProperty("sources")[0];
        Assert.Equal(SiteContent.Findings + 1, listed.GetProperty("published").GetInt64());
        Assert.InRange(listed.GetProperty("lastPass").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Run_ShouldCollectLiveSourcesBesideItsRoles_WhenAsked()
    {
        await using LocalSite site = await LocalSite.StartAsync([(SiteKind.Csv, SiteMode.Healthy), (SiteKind.Rss, SiteMode.Fails)]);
        await using var folder = new DataFolder();
        string catalogue = await CatalogueAsync(folder, site.Entry(SiteKind.Csv), site.Entry(SiteKind.Rss, SiteMode.Fails));
        using ProgramRun run = ProgramRun.Start("run", "--sources", "--catalogue", catalogue, "--data-dir", folder.Path);
        await folder.ReadyAsync();
        await using NpgsqlConnection database = await folder.DatabaseAsync();
        using var deadline = new CancellationTokenSource(Patience);
        await using var rows = new NpgsqlCommand("select count(*) from findings", database);
        while (await rows.ExecuteScalarAsync(deadline.Token) is not (long)SiteContent.Findings)
        {
            Assert.False(run.HasExited, run.Error);
            await Task.Delay(50, deadline.Token);
        }
    }

    private static async Task<string> CatalogueAsync(DataFolder folder, params string[] entries)
    {
        string file = Path.Combine(folder.Path, "sources-of-the-test.yaml");
        await File.WriteAllTextAsync(file, "extends: none\nsources:\n" + string.Concat(entries));
        return file;
    }
}
