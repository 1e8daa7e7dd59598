using System.Diagnostics;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Collectors.Tests.Sources.Site;
using AuditIntel.Contracts;
using Xunit.Abstractions;

namespace AuditIntel.Collectors.Tests.Sources;

/// <summary>Real reports, served as the repositories that they come from, give what the same files give from a folder.</summary>
public sealed class RealRepositoriesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task JudgingRepositories_ShouldGiveTheFindingsOfTheirFolders()
    {
        if (SharedData.Folder("findings", "sherlock") is not { } folder)
        {
            output.WriteLine("The folder shared/data/findings/sherlock is not here.");
            return;
        }

        await using FolderRepositories repositories = await FolderRepositories.StartAsync(folder);
        await CompareAsync(folder, Platforms.Sherlock, Entry(repositories, "sherlock", "data", "  repository: { api: " + repositories.Address + ", include: [\"**/*.md\"] }"));
    }

    [Fact]
    public async Task ReportsOfFirms_ShouldGiveTheFindingsOfTheirFolders()
    {
        if (SharedData.Folder("findings", "firms") is not { } folder)
        {
            output.WriteLine("The folder shared/data/findings/firms is not here.");
            return;
        }

        await using FolderRepositories repositories = await FolderRepositories.StartAsync(folder);
        foreach (string firm in Directory.EnumerateDirectories(folder).Where(path => !path.Contains(' ')))
        {
            string name = Path.GetFileName(firm);
            await CompareAsync(
                firm, Platforms.Firm(name), Entry(repositories, "github-reports", $"data/{name}", $"  platform: {Platforms.Firm(name)}\n  repository: {{ api: {repositories.Address} }}"));
        }
    }

    private static string Entry(FolderRepositories repositories, string kind, string path, string further) => $"""
        - id: real
          name: Real
          kind: {kind}
          url: {repositories.Address}{path}
          privateHosts: [127.0.0.1]
          rateLimit: {"{ requests: 100000, per: 1s }"}
        {further}

        """;

    private async Task CompareAsync(string folder, string platform, string entry)
    {
        var memory = new MemoryOutput();
        long begin = Stopwatch.GetTimestamp();
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(entry);
        IReadOnlyList<SourceStatus> ended =
            await new SourceCollector(sources, memory, new MemoryCursors(), Runs.Options with { CursorInterval = TimeSpan.FromSeconds(1) }).RunAsync(CancellationToken.None);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        Assert.True(ended[0].Condition is SourceCondition.Ok, ended[0].Message);
        Collected[] files = [.. new FindingsFileCollector([folder], new CollectionOptions { Platform = platform }).Collect()];
        string[] expected = [.. files.OfType<Collected.OfFinding>().Select(item => Of(item.Finding)).Order(StringComparer.Ordinal)];
        string[] found = [.. memory.Findings.Select(Of).Order(StringComparer.Ordinal)];
        output.WriteLine($"{Path.GetFileName(folder)}: {found.Length} findings, {memory.Letters.Count} dead letters, {elapsed.TotalSeconds:0.0} s");
        Assert.Equal(expected, found);
        Assert.Equal(files.OfType<Collected.OfDeadLetter>().Count(), memory.Letters.Count);
    }

    private static string Of(RawFinding finding) =>
        $"{finding.Contest}|{finding.NativeId}|{finding.SeverityLabel}|{finding.PublishedAt:O}|{ContentHash.Of(finding.Title, finding.Body)}";
}
