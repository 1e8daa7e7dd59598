using System.Text.Json;
using Xunit.Abstractions;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>The real reports through the whole program, where they are on the machine.</summary>
public sealed class RealDataTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Ingest_ShouldStoreEveryFindingOnce()
    {
        if (Folder() is not { } data)
        {
            output.WriteLine("The real data is not on this machine: nothing to check here.");
            return;
        }

        await using var folder = new DataFolder();
        JsonElement first = await ProgramRun.JsonAsync(Patience, "ingest", data, "--json", "--data-dir", folder.Path);
        output.WriteLine(first.ToString());
        JsonElement findings = first.GetProperty("findings");
        long read = findings.GetProperty("read").GetInt64();
        long letters = first.GetProperty("deadLetters").GetInt64();
        Assert.True(read >= 1445 + 2820 + 3500, $"Only {read} findings were read.");
        Assert.Equal(read, findings.GetProperty("stored").GetInt64() + findings.GetProperty("duplicates").GetInt64());
        Assert.InRange(letters, 0, read / 100);
        Assert.InRange(first.GetProperty("peakMemoryMiB").GetDouble(), 1, 600);

        JsonElement second = await ProgramRun.JsonAsync(Patience, "ingest", data, "--json", "--data-dir", folder.Path);
        Assert.Equal(0, second.GetProperty("findings").GetProperty("added").GetInt64());
        Assert.Equal(findings.GetProperty("stored").GetInt64(), second.GetProperty("findings").GetProperty("stored").GetInt64());
    }

    private static string? Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")))
            {
                string folder = Path.Combine(at.Parent!.FullName, "shared", "data", "findings");
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
