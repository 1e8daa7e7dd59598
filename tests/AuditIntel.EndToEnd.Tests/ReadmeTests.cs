using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>What the README promises is there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public async Task EveryCommandOfTheReadme_ShouldBeOne()
    {
        string[] commands =
        [
            .. Command().Matches(await File.ReadAllTextAsync(Path.Combine(Root, "README.md"))).Select(match => match.Groups[1].Value.Trim()).Distinct(),
        ];
        Assert.Contains("demo", commands);
        Assert.Contains("topics tail", commands);
        foreach (string command in commands)
        {
            using ProgramRun run = ProgramRun.Start([.. command.Split(' '), "--help"]);
            Assert.True(await run.ExitCodeAsync(TimeSpan.FromMinutes(1)) == 0, $"'{command}' is no command.");
            Assert.Contains($"auditintel {command}", run.Output);
        }
    }

    [Fact]
    public async Task EveryOptionOfTheReadme_ShouldBeKnown()
    {
        string help = "";
        foreach (string command in new[]
        {
            "demo", "ingest", "collect chain", "sources list", "sources check", "sources run", "run", "query findings", "query patterns", "query trends", "export patterns", "topics", "topics tail", "broker", "registry", "train transactions", "evaluate transactions", "train findings",
            "evaluate findings", "predict", "bench duplicates", "bench findings", "test",
        })
        {
            using ProgramRun run = ProgramRun.Start([.. command.Split(' '), "--help"]);
            await run.ExitCodeAsync(TimeSpan.FromMinutes(1));
            help += run.Output;
        }

        string readme = await File.ReadAllTextAsync(Path.Combine(Root, "README.md"));
        Assert.All(Option().Matches(readme).Select(match => match.Value).Distinct(), option => Assert.Contains(option, help));
    }

    [Fact]
    public async Task ComposeFile_ShouldBeValid()
    {
        using Process compose = Process.Start(new ProcessStartInfo(
            "docker-compose", ["-f", Path.Combine(Root, "docker-compose.kafka.yml"), "config"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task<string> error = compose.StandardError.ReadToEndAsync(deadline.Token);
        string output = await compose.StandardOutput.ReadToEndAsync(deadline.Token);
        await compose.WaitForExitAsync(deadline.Token);
        Assert.True(compose.ExitCode == 0, await error);
        Assert.Contains("schema-registry", output);
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "AuditIntel.Streams.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }

    [GeneratedRegex(@"\./auditintel ((?:[a-z]+ ?)+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"--[a-z][a-z-]+")]
    private static partial Regex Option();
}
