using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>Programs and nodes that go away and come back.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task SecondProgram_ShouldGoOnWhereTheFirstStopped()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await node.MineAsync(30);
        await using (RunningCollector first = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { BlocksPerFetch = 7 }))
        {
            await first.ReachesAsync(30);
        }

        using TopicSourceCursors cursors = await stack.CursorsAsync();
        SourceCursor kept = (await cursors.LoadAsync("chain/31337/0-", CancellationToken.None))!;
        Assert.Equal((31, 30), (kept.Position, kept.RecentBlocks[^1].Number));

        await node.MineAsync(5);
        await using RunningCollector second = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await second.ReachesAsync(35);
        Assert.Equal(5, second.Progress!.Blocks);
        Assert.Equal(Enumerable.Range(0, 36).Select(number => (long)number), (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).Select(each => each.Value.Number).Order());
    }

    [Fact]
    public async Task FinishedRange_ShouldReadNothingAgain()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await node.MineAsync(20);
        ChainCollectorOptions options = RunningCollector.Options(node.Address) with { From = 5, To = 15 };
        for (int i = 0; i < 2; i++)
        {
            await using RunningCollector collector = await RunningCollector.StartAsync(stack, options);
            await collector.Completion;
            Assert.Equal((i == 0 ? 11 : 0, 16), (collector.Progress!.Blocks, collector.Progress.Next));
        }

        Assert.Equal(11, (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).Count);
    }

    [Fact]
    public async Task KilledNode_ShouldBeWaitedFor_AndItsNewChainFollowed()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string lost = await node.SendAsync(0, node.Accounts[1], 1);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await collector.ReachesAsync(1);
        await node.KillAsync();
        await Eventually.IsTrueAsync(() => collector.Warnings.Any(warning => warning.Contains("cannot be reached")), () => "Nobody noticed.");

        // It comes back with an empty chain of its own: the old one is orphaned once there is another block in its place.
        await node.RestartAsync();
        string found = await node.SendAsync(2, node.Accounts[3], 2);
        await node.SendAsync(2, node.Accounts[3], 3);
        await collector.ReachesAsync(2);
        IReadOnlyDictionary<string, ChainTransaction> standing = await stack.StandingTransactionsAsync();
        Assert.Contains(found, standing);
        Assert.DoesNotContain(lost, standing);
        Assert.False(collector.Completion.IsCompleted);
    }

    [Fact]
    public async Task SecondEndpoint_ShouldStandIn_AndTheFirstBePreferredAgainWhenItIsBack()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode first = await AnvilNode.StartAsync("--timestamp", "1700000000");
        await using AnvilNode second = await AnvilNode.StartAsync("--timestamp", "1700000000");
        foreach (AnvilNode node in new[] { first, second })
        {
            await node.CallAsync("evm_setAutomine", false);
            for (int block = 1; block <= 4; block++)
            {
                await node.CallAsync("evm_setNextBlockTimestamp", 1_700_000_000 + block * 12);
                await node.CallAsync("evm_mine");
            }
        }

        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(first.Address, second.Address));
        await collector.ReachesAsync(4);
        await first.KillAsync();
        await second.CallAsync("evm_setNextBlockTimestamp", 1_700_000_100);
        await second.CallAsync("evm_mine");
        await collector.ReachesAsync(5);
        Assert.Equal(0, collector.Progress!.Reorganisations);

        await first.RestartAsync();
        await Eventually.IsTrueAsync(() => collector.Progress!.Target == 0, () => $"The first endpoint, at block 0 again, is not asked: {collector.Progress}");
        Assert.Equal((6, 0), (collector.Progress!.Next, collector.Progress.Retracted));
    }

    [Fact]
    public async Task EndpointOfAnotherChain_ShouldBeLeftOut()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode other = await AnvilNode.StartAsync("--chain-id", "5");
        await using AnvilNode right = await AnvilNode.StartAsync();
        await right.MineAsync(3);
        ChainCollectorOptions options = RunningCollector.Options(other.Address, right.Address) with { To = 3 };
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, options with { Node = options.Node with { ChainId = AnvilNode.ChainId } });
        await collector.Completion;
        Assert.Contains(collector.Warnings, warning => warning.Contains("serves chain 5 instead of 31337; it is left out"));
        Assert.All(await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks), block => Assert.Equal(AnvilNode.ChainId, block.Value.ChainId));
    }

    [Fact]
    public async Task Collector_ShouldFailWithASentence_WhenNoEndpointServesTheChain()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        ChainCollectorOptions options = RunningCollector.Options(node.Address);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, options with { Node = options.Node with { ChainId = 1 } });
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => collector.Completion);
        Assert.Equal("No endpoint serves chain 1; check the addresses or the chain id.", failure.Message);
    }

    [Fact]
    public async Task Range_ShouldFailWithASentence_WhenItsBlocksNeverCome()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(
            stack, RunningCollector.Options(node.Address) with { From = 7, To = 9, StandstillLimit = TimeSpan.FromMilliseconds(300) });
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => collector.Completion);
        Assert.StartsWith("Block 7 of chain 31337 has not come for 0 s (the newest that may be taken is 0).", failure.Message);
    }
}
