using System.Text.Json;
using Npgsql;
using Xunit.Abstractions;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>The real reports and transactions through the whole program, where they are on the machine.</summary>
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

    [Fact]
    public async Task Ingest_ShouldScoreAndStoreEveryTransactionOnce_AlsoWhenKilledOnTheWay()
    {
        const int transactions = 291_688 + 298 + 10;
        if (Folder("chain") is not { } data)
        {
            output.WriteLine("The real data is not on this machine: nothing to check here.");
            return;
        }

        await using var folder = new DataFolder();
        using (ProgramRun killed = ProgramRun.Start("ingest", data, "--json", "--data-dir", folder.Path))
        {
            // In the middle of reading, scoring and storing.
            await Task.Delay(TimeSpan.FromSeconds(12));
            killed.KillHard();
        }

        JsonElement summary = await ProgramRun.JsonAsync(Patience, "ingest", data, "--json", "--data-dir", folder.Path);
        output.WriteLine(summary.ToString());
        JsonElement counts = summary.GetProperty("transactions");
        Assert.Equal(transactions, counts.GetProperty("read").GetInt64());
        Assert.Equal(transactions, counts.GetProperty("stored").GetInt64());
        Assert.Equal(transactions, counts.GetProperty("scored").GetInt64());
        Assert.Equal(0, summary.GetProperty("deadLetters").GetInt64());

        using ProgramRun run = ProgramRun.Start("run", "--data-dir", folder.Path);
        await folder.ReadyAsync();
        await using NpgsqlConnection database = await folder.DatabaseAsync();
        await using var command = new NpgsqlCommand("select count(*) = count(distinct (chain_id, hash)) and count(*) = @transactions from transactions", database);
        command.Parameters.AddWithValue("transactions", (long)transactions);
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    private static string? Folder(string name = "findings")
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")))
            {
                string folder = Path.Combine(at.Parent!.FullName, "shared", "data", name);
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
