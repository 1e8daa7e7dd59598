using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>What a reorganisation orphans is taken back, whenever it comes: in the middle of the work, at a standstill, or while nobody looks.</summary>
public sealed class ReorganisationTests
{
    private const long Ether = 1_000_000_000_000_000_000;

    [Fact]
    public async Task Reorganisation_ShouldTakeBackWhatItOrphans_AndBringWhatReplacesIt()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string kept = await node.SendAsync(0, node.Accounts[1], Ether);
        string[] orphaned = [await node.SendAsync(1, node.Accounts[2], Ether), await node.SendAsync(2, node.Accounts[3], Ether)];
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await collector.ReachesAsync(3);

        await node.CallAsync("anvil_rollback", 2);
        string[] replacing = [await node.SendAsync(3, node.Accounts[4], Ether), await node.SendAsync(4, node.Accounts[5], Ether), await node.SendAsync(5, node.Accounts[6], Ether)];
        await collector.ReachesAsync(4);
        await AssertAsTheNodeAsync(stack, node, [kept, .. replacing]);

        ChainTransaction[] retractions = [.. (await stack.ReadAsync<ChainTransaction>(Topics.ChainTransactions)).Select(each => each.Value).Where(each => each.Removed)];
        Assert.Equal(orphaned.Order(), retractions.Select(each => each.Hash).Order());
        Dictionary<string, ChainTransaction> sent = (await stack.ReadAsync<ChainTransaction>(Topics.ChainTransactions))
            .Select(each => each.Value).Where(each => !each.Removed).ToDictionary(each => each.Hash);
        Assert.All(retractions, each => Assert.Equal(sent[each.Hash] with { Removed = true, CollectedAt = each.CollectedAt }, each));
        Assert.Equal(
            [2, 3],
            (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).Select(each => each.Value).Where(each => each.Removed).Select(each => each.Number).Order());
        Assert.Equal((1, 2), (collector.Progress!.Reorganisations, collector.Progress.Retracted));
    }

    [Fact]
    public async Task TransactionMinedAgain_ShouldStandInItsNewBlock()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string first = await node.SendAsync(0, node.Accounts[1], Ether);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await collector.ReachesAsync(1);
        string before = (await stack.StandingTransactionsAsync())[first].BlockHash!;

        // The same signed transaction lands one block higher.
        string raw = (await node.CallAsync("eth_getRawTransactionByHash", first)).GetString()!;
        await node.CallAsync("anvil_rollback", 1);
        await node.MineAsync();
        await node.CallAsync("eth_sendRawTransaction", raw);
        await node.MinedAsync(first);
        await collector.ReachesAsync(2);
        await AssertAsTheNodeAsync(stack, node, [first]);
        ChainTransaction standing = (await stack.StandingTransactionsAsync())[first];
        Assert.NotEqual(before, standing.BlockHash);
        Assert.Equal(2, standing.BlockNumber);
    }

    [Fact]
    public async Task ReplacedHead_ShouldBeNoticed_BeforeAnotherBlockComes()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await node.SendAsync(0, node.Accounts[1], Ether);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await collector.ReachesAsync(1);
        await node.CallAsync("anvil_rollback", 1);
        string replacing = await node.SendAsync(5, node.Accounts[6], Ether);
        await Eventually.IsTrueAsync(() => collector.Progress is { Reorganisations: 1, Next: 2 }, () => $"{collector.Progress}");
        await AssertAsTheNodeAsync(stack, node, [replacing]);
    }

    [Fact]
    public async Task DeepReorganisation_ShouldBeFollowed_AcrossQuestionsForHashes()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        for (int i = 0; i < 40; i++)
        {
            await node.SendAsync(i % 5, node.Accounts[6], Ether / 1000);
        }

        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { BlocksPerFetch = 3 });
        await collector.ReachesAsync(40);
        await node.CallAsync("anvil_rollback", 37);
        var replacing = new List<string>();
        for (int i = 0; i < 38; i++)
        {
            replacing.Add(await node.SendAsync(5 + i % 3, node.Accounts[0], Ether / 1000));
        }

        await collector.ReachesAsync(41);
        IReadOnlyDictionary<string, ChainTransaction> standing = await stack.StandingTransactionsAsync();
        Assert.Equal(41, standing.Count);
        Assert.All(replacing, hash => Assert.Contains(hash, standing));
        Assert.Equal(37, collector.Progress!.Retracted);
    }

    [Fact]
    public async Task ReorganisationBeyondMemory_ShouldTakeBackWhatIsRemembered_AndSaySo()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await node.MineAsync(10);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { RecentBlocks = 3 });
        await collector.ReachesAsync(10);
        await node.CallAsync("anvil_rollback", 8);
        await node.SendAsync(0, node.Accounts[1], Ether);
        await node.MineAsync(9);
        await collector.ReachesAsync(11);
        Assert.Contains(collector.Warnings, warning => warning.Contains("may reach below block"));
        Assert.Equal(1, collector.Progress!.Reorganisations);
    }

    [Fact]
    public async Task ReorganisationWhileNobodyLooked_ShouldBeTakenBackAfterTheStart()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string kept = await node.SendAsync(0, node.Accounts[1], Ether);
        await node.SendAsync(1, node.Accounts[2], Ether);
        await using (RunningCollector first = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address)))
        {
            await first.ReachesAsync(2);
        }

        await node.CallAsync("anvil_rollback", 1);
        string[] replacing = [await node.SendAsync(3, node.Accounts[4], Ether), await node.SendAsync(4, node.Accounts[4], Ether)];
        await using RunningCollector second = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await second.ReachesAsync(3);
        await AssertAsTheNodeAsync(stack, node, [kept, .. replacing]);
    }

    [Fact]
    public async Task BlockSentByAProgramThatDiedBeforeItsCursor_ShouldBeTakenBack_WhenItIsOrphaned()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string kept = await node.SendAsync(0, node.Accounts[1], Ether);
        await using (RunningCollector first = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address)))
        {
            await first.ReachesAsync(1);
        }

        // As after kill -9 between the block's acknowledgement and the cursor's.
        string orphaned = await node.SendAsync(1, node.Accounts[2], Ether);
        await using (RunningCollector elsewhere = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { From = 2, To = 2 }))
        {
            await elsewhere.Completion;
        }

        Assert.Contains(orphaned, await stack.StandingTransactionsAsync());
        await node.CallAsync("anvil_rollback", 1);
        string replacing = await node.SendAsync(3, node.Accounts[4], Ether);
        await using RunningCollector second = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await second.ReachesAsync(2);
        await AssertAsTheNodeAsync(stack, node, [kept, replacing]);
    }

    /// <summary>What stands on the topic are these transactions, in the blocks in which the node has them.</summary>
    private static async Task AssertAsTheNodeAsync(ChainStack stack, AnvilNode node, string[] hashes)
    {
        await Eventually.IsTrueAsync(
            async () => (await stack.StandingTransactionsAsync()).Keys.Order().SequenceEqual(hashes.Order()),
            () => "Other transactions stand on the topic than in the chain.");
        foreach (ChainTransaction transaction in (await stack.StandingTransactionsAsync()).Values)
        {
            Assert.Equal((await node.CallAsync("eth_getTransactionByHash", transaction.Hash)).GetProperty("blockHash").GetString(), transaction.BlockHash);
        }
    }
}
