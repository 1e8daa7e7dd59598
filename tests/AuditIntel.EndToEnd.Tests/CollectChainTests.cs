using System.Globalization;
using System.Text.Json;
using AuditIntel.Collectors.Tests.Chain.Stack;

namespace AuditIntel.EndToEnd.Tests;

/// <summary><c>auditintel collect chain</c> on a real node.</summary>
public sealed class CollectChainTests
{
    private const int Last = 3000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task KilledCollection_ShouldGoOnWhereItStopped_AndMissNothing()
    {
        await using AnvilNode node = await AnvilNode.StartAsync();
        var sent = new List<string>();
        while (await node.HeadAsync() < Last)
        {
            sent.Add(await node.SendAsync(sent.Count % 10, node.Accounts[(sent.Count + 1) % 10], 1 + sent.Count));
            await node.MineAsync(49);
        }

        await using var folder = new DataFolder();
        string[] arguments =
            ["collect", "chain", "--rpc", node.Address.ToString(), "--from", "0", "--to", Last.ToString(CultureInfo.InvariantCulture), "--data-dir", folder.Path];
        for (int kill = 1; kill <= 2; kill++)
        {
            using ProgramRun killed = ProgramRun.Start(arguments);

            // Some cursors later, in the middle of whatever it does then.
            long wanted = BytesOfCursors(folder.Path) + 900;
            using var deadline = new CancellationTokenSource(Patience);
            while (BytesOfCursors(folder.Path) < wanted)
            {
                Assert.False(killed.HasExited, killed.Error);
                await Task.Delay(10, deadline.Token);
            }

            killed.KillHard();
        }

        using ProgramRun last = ProgramRun.Start(arguments);
        Assert.True(await last.ExitCodeAsync(Patience) == 0, last.Error);
        int[] taken = [.. last.Error.Split('\n').Where(line => line.Contains("blocks,")).Select(line => int.Parse(line.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.InRange(taken[^1], 1, Last - 200);

        long[] blocks = [.. (await TailAsync(folder, "auditintel.chain.blocks")).Select(record => record.GetProperty("number").GetInt64())];
        Assert.Equal(Enumerable.Range(0, Last + 1).Select(number => (long)number), blocks.Distinct().Order());
        string[] hashes = [.. (await TailAsync(folder, "auditintel.chain.transactions")).Select(record => record.GetProperty("hash").GetString()!)];
        Assert.Equal(sent.Order(), hashes.Distinct().Order());

        // Read again after a crash is at most what a second brings, never all.
        Assert.InRange(blocks.Length, Last + 1, 2 * Last);
    }

    [Fact]
    public async Task AddressThatIsNoNode_ShouldBeSaidInASentence()
    {
        await using var folder = new DataFolder();
        using ProgramRun run = ProgramRun.Start("collect", "chain", "--rpc", "localhost:8545", "--data-dir", folder.Path);
        Assert.Equal(2, await run.ExitCodeAsync(Patience));
        Assert.Contains("is no http(s) URL; say for example http://localhost:8545.", run.Error);
    }

    private static long BytesOfCursors(string folder)
    {
        string log = Path.Combine(folder, "broker");
        return !Directory.Exists(log)
            ? 0
            : Directory.EnumerateFiles(log, "*.log", SearchOption.AllDirectories)
                .Where(file => file.Contains("auditintel.sources.cursors", StringComparison.Ordinal))
                .Sum(file => new FileInfo(file).Length);
    }

    private static async Task<JsonElement[]> TailAsync(DataFolder folder, string topic)
    {
        using ProgramRun tail = ProgramRun.Start("topics", "tail", topic, "-n", "100000", "--data-dir", folder.Path);
        Assert.True(await tail.ExitCodeAsync(Patience) == 0, tail.Error);
        return [.. tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value"))];
    }
}
