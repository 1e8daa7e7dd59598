using System.Text.Json;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>What a real node tells must arrive on the topics.</summary>
public sealed class AnvilTests
{
    private const long Ether = 1_000_000_000_000_000_000;

    [Fact]
    public async Task Range_ShouldGiveEveryFieldThatTheNodeTells()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string transfer = await node.SendAsync(0, node.Accounts[1], Ether);
        string creation = await node.SendAsync(1, to: null, data: Contracts.GetProperty("PiggyBank").GetProperty("bytecode").GetString()!);
        string data = await node.SendAsync(2, node.Accounts[0], Ether / 2, "0xdeadbeef" + new string('0', 80), gas: 100_000);
        string failing = await node.SendAsync(3, await CreatedAsync(node, creation), data: Selector("PiggyBank", "breakOpen()"));
        await using (RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = 4 }))
        {
            await collector.Completion;
        }

        Dictionary<string, (string Key, ChainTransaction Value)> read =
            (await stack.ReadAsync<ChainTransaction>(Topics.ChainTransactions)).ToDictionary(each => each.Value.Hash);
        Assert.Equal(4, read.Count);
        foreach (string hash in new[] { transfer, creation, data, failing })
        {
            await AssertAsTheNodeTellsAsync(node, read[hash].Key, read[hash].Value);
        }

        Assert.Equal((Ether.ToString(), node.Accounts[1]), (read[transfer].Value.Value.ToString(), read[transfer].Value.To));
        Assert.Null(read[creation].Value.To);
        Assert.NotNull(read[creation].Value.CreatedContract);
        Assert.Equal((TransactionStatus.Succeeded, TransactionStatus.Failed), (read[data].Value.Status, read[failing].Value.Status));
        Assert.Equal((44, 36), (read[data].Value.InputLength, read[data].Value.InputHead.Length));
        (string Key, ChainBlock Value)[] blocks = [.. (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).OrderBy(block => block.Value.Number)];
        Assert.Equal(["31337/0", "31337/1", "31337/2", "31337/3", "31337/4"], blocks.Select(block => block.Key));
        Assert.All(blocks.Skip(1).Zip(blocks), pair => Assert.Equal(pair.Second.Value.Hash, pair.First.Value.ParentHash));
        Assert.Equal([0, 1, 1, 1, 1], blocks.Select(block => block.Value.TransactionCount));
    }

    [Fact]
    public async Task Exploit_ShouldShowAsOneTransactionWithManyLogs()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        string bank = await CreateAsync(node, 0, "PiggyBank");
        for (int i = 1; i <= 5; i++)
        {
            await node.SendAsync(i, bank, Ether, Selector("PiggyBank", "save()"));
        }

        string burglar = await CreateAsync(node, 9, "Burglar", bank[2..].PadLeft(64, '0'));
        string theft = await node.SendAsync(9, burglar, Ether, Selector("Burglar", "steal()"));
        Assert.Equal("0x0", (await node.CallAsync("eth_getBalance", bank, "latest")).GetString());
        long head = await node.HeadAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = head });
        await collector.Completion;

        IReadOnlyDictionary<string, ChainTransaction> standing = await stack.StandingTransactionsAsync();
        ChainTransaction stolen = standing[theft];
        Assert.Equal((burglar, TransactionStatus.Succeeded, Selector("Burglar", "steal()")), (stolen.To, stolen.Status, "0x" + Convert.ToHexStringLower(stolen.InputHead)));

        // One Saved, and a Paid for each of the six times that the bank was broken open.
        Assert.Equal(7, stolen.LogCount);
        Assert.All(standing.Values.Where(transaction => transaction.To == bank), transaction => Assert.Equal(1, transaction.LogCount));
        Assert.True(stolen.GasUsed > 2 * standing.Values.Where(transaction => transaction.To == bank).Max(transaction => transaction.GasUsed));
    }

    [Fact]
    public async Task FlashOfManyTransfers_ShouldArriveWholeAndInOrder()
    {
        const int Transfers = 300;
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync("--no-mining");
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address));
        await collector.ReachesAsync(0);
        for (int i = 0; i < Transfers; i++)
        {
            await node.SendAsync(0, node.Accounts[1 + i % 8], 1 + i, gas: 21_000);
        }

        await node.MineAsync();
        await collector.ReachesAsync(1);
        (string Key, ChainTransaction Value)[] read = [.. await stack.ReadAsync<ChainTransaction>(Topics.ChainTransactions)];
        Assert.Equal(Enumerable.Range(0, Transfers).Select(nonce => (long)nonce), read.Select(each => each.Value.Nonce));
        Assert.Equal(Enumerable.Range(0, Transfers), read.Select(each => each.Value.TransactionIndex));
        Assert.Equal("31337/" + node.Accounts[0], Assert.Single(read.Select(each => each.Key).Distinct()));
    }

    [Fact]
    public async Task WebSocket_ShouldWakeTheCollector_LongBeforeItWouldAsk()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        ChainCollectorOptions options = RunningCollector.Options(node.Address) with { PollInterval = TimeSpan.FromMinutes(10) };
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, options with { Node = options.Node with { WebSocket = node.WebSocket } });
        await collector.ReachesAsync(0);
        for (int block = 1; block <= 3; block++)
        {
            await node.SendAsync(0, node.Accounts[1], Ether);
            await collector.ReachesAsync(block);
        }
    }

    [Fact]
    public async Task Confirmations_ShouldKeepTheCollectorBehindTheHead()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        await using AnvilNode node = await AnvilNode.StartAsync();
        await node.MineAsync(10);
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { Confirmations = 4 });
        await collector.ReachesAsync(6);
        await Eventually.IsTrueAsync(() => collector.Progress!.IsUpToDate, () => collector.Progress!.ToString());
        Assert.Equal((7, 6), (collector.Progress!.Next, collector.Progress.Target));
        await node.MineAsync(2);
        await collector.ReachesAsync(8);
    }

    internal static JsonElement Contracts { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(
        Repository.Root, "tests", "AuditIntel.Collectors.Tests", "Chain", "anvil", "contracts", "Reentrancy.json"))).RootElement;

    private static string Selector(string contract, string function) =>
        "0x" + Contracts.GetProperty(contract).GetProperty("selectors").GetProperty(function).GetString();

    private static async Task<string> CreateAsync(AnvilNode node, int from, string contract, string arguments = "")
    {
        string hash = await node.SendAsync(from, to: null, data: Contracts.GetProperty(contract).GetProperty("bytecode").GetString() + arguments);
        return await CreatedAsync(node, hash);
    }

    private static async Task<string> CreatedAsync(AnvilNode node, string transaction) =>
        (await node.CallAsync("eth_getTransactionReceipt", transaction)).GetProperty("contractAddress").GetString()!.ToLowerInvariant();

    /// <summary>Compares with the node's own answers, read by another JSON reader.</summary>
    private static async Task AssertAsTheNodeTellsAsync(AnvilNode node, string key, ChainTransaction actual)
    {
        JsonElement told = await node.CallAsync("eth_getTransactionByHash", actual.Hash);
        JsonElement receipt = await node.CallAsync("eth_getTransactionReceipt", actual.Hash);
        JsonElement block = await node.CallAsync("eth_getBlockByHash", actual.BlockHash, false);
        Assert.Equal(AnvilNode.ChainId, actual.ChainId);
        Assert.Equal("31337/" + actual.From, key);
        Assert.Equal(told.GetProperty("from").GetString(), actual.From, ignoreCase: true);
        Assert.Equal(told.GetProperty("to").GetString(), actual.To, ignoreCase: true);
        Assert.Equal(
            [Number(told, "blockNumber"), Number(told, "transactionIndex"), Number(told, "nonce"), Number(told, "gas"), Number(told, "type")],
            new long[] { actual.BlockNumber, actual.TransactionIndex, actual.Nonce, actual.GasLimit, actual.Type!.Value });
        Assert.Equal(
            (Number(told, "value").ToString(), Number(told, "gasPrice").ToString(), Number(told, "maxFeePerGas").ToString(), Number(told, "maxPriorityFeePerGas").ToString()),
            (actual.Value.ToString(), actual.GasPrice.ToString(), actual.MaxFeePerGas.ToString(), actual.MaxPriorityFeePerGas.ToString()));
        Assert.Equal(
            (Number(receipt, "gasUsed"), Number(receipt, "cumulativeGasUsed"), Number(receipt, "effectiveGasPrice").ToString(), receipt.GetProperty("logs").GetArrayLength()),
            (actual.GasUsed, actual.CumulativeGasUsed, actual.EffectiveGasPrice.ToString(), actual.LogCount));
        Assert.Equal(Number(receipt, "status") == 1 ? TransactionStatus.Succeeded : TransactionStatus.Failed, actual.Status);
        Assert.Equal(receipt.GetProperty("contractAddress").GetString(), actual.CreatedContract, ignoreCase: true);
        Assert.Equal(Number(block, "timestamp"), actual.Timestamp.ToUnixTimeSeconds());
        Assert.StartsWith(Convert.ToHexStringLower(actual.InputHead), told.GetProperty("input").GetString()![2..]);
    }

    private static long Number(JsonElement element, string name) => Convert.ToInt64(element.GetProperty(name).GetString(), 16);
}
