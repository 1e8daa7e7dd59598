using System.Diagnostics;
using System.Text.Json.Nodes;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>Providers that refuse, lag, limit and garble: every block still comes whole, or is set aside with its reason.</summary>
public sealed class ProviderQuirkTests
{
    private const int Head = 24;

    [Fact]
    public async Task GoodNode_ShouldBeAskedInFewRequests()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        await AssertWholeAsync(node);
        Assert.InRange(node.RequestSizes.Count, 4, 6);
    }

    [Theory]
    [InlineData(400, "no lists here")]
    [InlineData(200, "{\"jsonrpc\": \"2.0\", \"id\": null, \"error\": {\"code\": -32600, \"message\": \"Batch requests are not supported\"}}")]
    public async Task RefusedLists_ShouldBeAskedOneByOne(int status, string body)
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnRequest = (_, request) => request is JsonArray ? (status, body) : null;
        await AssertWholeAsync(node);
        Assert.Equal(1, node.RequestSizes.Last());
    }

    [Theory]
    [InlineData(413, "")]
    [InlineData(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": -32005, \"message\": \"block range too large, max is 2\"}}")]
    public async Task TooLargeRanges_ShouldBeCutUntilTheyPass(int status, string body)
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnRequest = (_, request) => request is JsonArray { Count: > 3 } ? (status, body) : null;
        await AssertWholeAsync(node);
        Assert.All(node.RequestSizes.Skip(20), size => Assert.InRange(size, 1, 5));
    }

    [Theory]
    [InlineData(-32601, "the method eth_getBlockReceipts does not exist/is not available")]
    [InlineData(-32000, "unsupported method")]
    public async Task MissingMethod_ShouldBeReplacedBySingleReceipts(int code, string message)
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnCall = (method, _) => method == "eth_getBlockReceipts" ? (code, message) : null;
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task ReceiptsThatComeLate_ShouldBeWaitedFor()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnResult = (method, _, before, result) => method.EndsWith("Receipts", StringComparison.Ordinal) || (method.EndsWith("Receipt", StringComparison.Ordinal) && before < 2) ? null : result;
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task ReceiptsThatNeverCome_ShouldLeaveTheStatusUnknown_AndBeSaid()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(2);
        node.OnResult = (method, parameters, _, result) =>
            method == "eth_getTransactionReceipt" || (method == "eth_getBlockReceipts" && parameters[0]!.GetValue<string>() == "0x1") ? null : result;
        await using ChainStack stack = await ChainStack.StartAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = 2 });
        await collector.Completion;
        Assert.Contains(collector.Warnings, warning => warning.Contains("Block 1 lacks 3 receipts on every endpoint"));
        ILookup<long, ChainTransaction> read = (await stack.StandingTransactionsAsync()).Values.ToLookup(transaction => transaction.BlockNumber);
        Assert.All(read[1], transaction => Assert.Equal((TransactionStatus.Unknown, null), (transaction.Status, transaction.GasUsed)));
        Assert.All(read[2], transaction => Assert.NotEqual(TransactionStatus.Unknown, transaction.Status));
        Assert.Equal(3, read[1].Count());
    }

    [Fact]
    public async Task NullBlocks_ShouldBeAskedForAgain()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnResult = (method, _, before, result) => method == "eth_getBlockByNumber" && before < 2 ? null : result;
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task NodeThatLagsBehind_ShouldLeaveTheQuestionToAnother()
    {
        await using QuirkyNode lagging = await QuirkyNode.StartAsync(Head);
        await using QuirkyNode current = await QuirkyNode.StartAsync(Head);
        lagging.OnResult = (method, _, _, result) => method == "eth_getBlockByNumber" ? null : result;
        await AssertWholeAsync(lagging, current);
    }

    [Fact]
    public async Task TooManyRequests_ShouldWaitAsLongAsTheNodeAsks()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.FailureHeaders["Retry-After"] = "1";
        node.OnRequest = (number, _) => number is 2 ? (429, "slow down") : null;
        await AssertWholeAsync(node);
        long[] times = [.. node.RequestTimes];
        Assert.InRange(times[2] - times[1], 950, 30_000);
    }

    [Theory]
    [InlineData(429, "Too Many Requests")]
    [InlineData(-32005, "daily request count exceeded, request rate limited")]
    public async Task RateLimitWithinAList_ShouldBeTriedAgain(int code, string message)
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnCall = (method, before) => method == "eth_getBlockReceipts" && before == 0 ? (code, message) : null;
        await AssertWholeAsync(node);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(200, "<html>maintenance</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\":")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "null")]
    public async Task GarbledAnswers_ShouldBeAskedForAgain(int status, string body)
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnRequest = (number, _) => number % 3 == 0 ? (status, body) : null;
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task NumbersOfAnyKind_AndAnswersInAnyOrder_ShouldBeRead()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(Head);
        node.OnResult = (method, _, _, result) => method == "eth_chainId" ? 1337 : method == "eth_blockNumber" ? Head : Mixed(result);
        node.OnBatch = answers => answers.Reverse().Select(answer =>
        {
            answer["id"] = answer["id"]!.ToString();
            return answer;
        });
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task SilentNode_ShouldBeGivenUpInFavourOfAnother()
    {
        await using QuirkyNode silent = await QuirkyNode.StartAsync(Head);
        await using QuirkyNode good = await QuirkyNode.StartAsync(Head);
        silent.Delay = TimeSpan.FromMinutes(5);
        await AssertWholeAsync(silent, good);

        // The breaker opens: most questions never reach the silent one.
        Assert.InRange(silent.RequestSizes.Count, 1, 8);
    }

    [Fact]
    public async Task BlockThatNobodyGivesWell_ShouldBeSetAside_AndTheNextOnesTaken()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(6);
        node.OnResult = (method, parameters, _, result) =>
        {
            if (method == "eth_getBlockByNumber" && parameters[0]!.GetValue<string>() == "0x4" && parameters[1]!.GetValue<bool>())
            {
                result!["timestamp"] = "0xffffffffff";
            }

            return result;
        };
        await using ChainStack stack = await ChainStack.StartAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = 6 });
        await collector.Completion;
        DeadLetter letter = Assert.Single(await stack.ReadAsync<DeadLetter>(Topics.ChainDeadLetters)).Value;
        Assert.Equal((ChainError.FutureTimestamp, "chain/1337", "collect"), (letter.ErrorClass, letter.Platform, letter.Stage));
        Assert.StartsWith("Chain 1337, block 4: Timestamp 1099511627775 lies in the future", letter.ErrorMessage);
        Assert.Contains("0xffffffffff", System.Text.Encoding.UTF8.GetString(letter.Payload!));
        Assert.Equal([0, 1, 2, 3, 5, 6], (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).Select(block => block.Value.Number).Order());
    }

    [Fact]
    public async Task BlockWithHashesForTransactions_ShouldNeverPassForAnEmptyOne()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(3);
        node.OnResult = (method, parameters, _, result) =>
        {
            if (method == "eth_getBlockByNumber" && parameters[0]!.GetValue<string>() == "0x2")
            {
                result!["transactions"] = new JsonArray([.. Enumerable.Range(0, 3).Select(index => (JsonNode)QuirkyNode.TransactionHash(2, index))]);
            }

            return result;
        };
        await using ChainStack stack = await ChainStack.StartAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = 3 });
        await collector.Completion;
        DeadLetter letter = Assert.Single(await stack.ReadAsync<DeadLetter>(Topics.ChainDeadLetters)).Value;
        Assert.Equal("Chain 1337, block 2: The answer holds only 0 of 3 transactions, and hashes of the others.", letter.ErrorMessage);
        Assert.Equal([0, 1, 3], (await stack.StandingTransactionsAsync()).Values.Select(transaction => transaction.BlockNumber).Distinct().Order());
    }

    [Fact]
    public async Task TransactionThatCannotBeTaken_ShouldBeSetAsideAlone()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(2);
        node.OnResult = (method, parameters, _, result) =>
        {
            if (method == "eth_getBlockByNumber" && parameters[0]!.GetValue<string>() == "0x1" && parameters[1]!.GetValue<bool>())
            {
                result!["transactions"]![1]!["value"] = "0x1" + new string('0', 64);
            }

            return result;
        };
        await using ChainStack stack = await ChainStack.StartAsync();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, RunningCollector.Options(node.Address) with { To = 2 });
        await collector.Completion;
        Assert.Equal(8, (await stack.StandingTransactionsAsync()).Count);
        Assert.Equal(ChainError.NumberOutOfRange, Assert.Single(await stack.ReadAsync<DeadLetter>(Topics.ChainDeadLetters)).Value.ErrorClass);
    }

    [Fact]
    public async Task RequestLimit_ShouldBeKept()
    {
        await using QuirkyNode node = await QuirkyNode.StartAsync(60);
        await using ChainStack stack = await ChainStack.StartAsync();
        ChainCollectorOptions options = RunningCollector.Options(node.Address) with { To = 60, BlocksPerFetch = 1, FetchesAtOnce = 8 };
        long begin = Stopwatch.GetTimestamp();
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, options with { Node = options.Node with { RequestsPerSecond = 20 } });
        await collector.Completion;

        // 61 fetches and two questions at the start; the first second's worth may come at once.
        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, (63 - 21) / 20.0, 60);
    }

    [Fact]
    public async Task SeveralChains_ShouldBeCollectedSideBySide()
    {
        await using QuirkyNode quirky = await QuirkyNode.StartAsync(Head);
        await using AnvilNode anvil = await AnvilNode.StartAsync();
        await anvil.MineAsync(10);
        await using ChainStack stack = await ChainStack.StartAsync();
        await using RunningCollector first = await RunningCollector.StartAsync(stack, RunningCollector.Options(quirky.Address));
        await using RunningCollector second = await RunningCollector.StartAsync(stack, RunningCollector.Options(anvil.Address));
        await first.ReachesAsync(Head);
        await second.ReachesAsync(10);
        await Eventually.IsTrueAsync(
            async () => (await stack.ReadAsync<ChainBlock>(Topics.ChainBlocks)).CountBy(block => block.Value.ChainId).OrderBy(pair => pair.Key).SequenceEqual([new(1337, Head + 1), new(31337, 11)]),
            () => "The blocks of the two chains are not on the topic.");
    }

    /// <summary>Collects the node's whole chain and looks at every transaction.</summary>
    private static async Task AssertWholeAsync(params QuirkyNode[] nodes)
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        ChainCollectorOptions options = RunningCollector.Options([.. nodes.Select(node => node.Address)]) with { To = Head };
        await using RunningCollector collector = await RunningCollector.StartAsync(stack, options with { Node = options.Node with { RequestTimeout = TimeSpan.FromSeconds(2) } });
        await collector.Completion;
        ChainTransaction[] read = [.. (await stack.ReadAsync<ChainTransaction>(Topics.ChainTransactions)).Select(each => each.Value).OrderBy(each => each.BlockNumber).ThenBy(each => each.TransactionIndex)];
        Assert.Equal((Head + 1) * QuirkyNode.TransactionsInABlock, read.Length);
        for (int i = 0; i < read.Length; i++)
        {
            (int number, int index) = (i / QuirkyNode.TransactionsInABlock, i % QuirkyNode.TransactionsInABlock);
            ChainTransaction transaction = read[i];
            Assert.Equal((QuirkyNode.TransactionHash(number, index), number, index, i), (transaction.Hash, transaction.BlockNumber, transaction.TransactionIndex, transaction.Nonce));
            Assert.Equal((1_000_000 + number).ToString(), transaction.Value.ToString());
            Assert.Equal((21_000, 21_000 * (index + 1), "1000000000", 0), (transaction.GasUsed, transaction.CumulativeGasUsed, transaction.EffectiveGasPrice.ToString(), transaction.LogCount));
            Assert.Equal(index == 2 ? TransactionStatus.Failed : TransactionStatus.Succeeded, transaction.Status);
        }

        Assert.Empty(await stack.ReadAsync<DeadLetter>(Topics.ChainDeadLetters));
    }

    /// <summary>Quantities as JSON numbers and decimal strings in turn; hashes and addresses in capitals.</summary>
    private static JsonNode? Mixed(JsonNode? node)
    {
        int turn = 0;
        return Walk(node);

        JsonNode? Walk(JsonNode? at) => at switch
        {
            JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Walk(field.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Walk)]),
            JsonValue value when value.TryGetValue(out string? text) && text.Length is 42 or 66 => "0x" + text[2..].ToUpperInvariant(),
            JsonValue value when value.TryGetValue(out string? text) && text.Length > 2 => turn++ % 2 == 0 ? Convert.ToInt64(text, 16) : Convert.ToInt64(text, 16).ToString(),
            _ => at?.DeepClone(),
        };
    }
}
