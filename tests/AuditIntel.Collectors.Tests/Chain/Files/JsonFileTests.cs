using AuditIntel.Collectors.Chain;
using AuditIntel.Contracts;
using static AuditIntel.Collectors.Tests.Chain.Files.ChainFileFolder;

namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>Lines of ethereum-etl, and answers of nodes that somebody kept.</summary>
public sealed class JsonFileTests : IDisposable
{
    private static readonly string Other = "0x" + new string('c', 64);
    private readonly ChainFileFolder _folder = new();

    [Theory]
    [InlineData("", null)]
    [InlineData("\"value\": \"25\", \"gas\": \"0x5208\", \"nonce\": \"7\"", null)]
    [InlineData("\"to_address\": null", null)]
    [InlineData("\"to_address\": \"\"", null)]
    [InlineData("\"block_timestamp\": \"2020-09-13T12:26:40Z\"", null)]
    [InlineData("\"block_timestamp\": \"2020-09-13 12:26:40 UTC\"", null)]
    [InlineData("\"receipt_status\": 2", ChainError.NumberOutOfRange)]
    [InlineData("\"value\": -25", ChainError.NegativeNumber)]
    [InlineData("\"value\": 1.5", ChainError.BadNumber)]
    [InlineData("\"value\": null", ChainError.MissingField)]
    [InlineData("\"value\": {\"hex\": \"0x1\"}", ChainError.MalformedJson)]
    [InlineData("\"chain_id\": 5", ChainError.WrongChain)]
    [InlineData("\"chain_id\": \"0x1\"", null)]
    [InlineData("\"nonce\": 99999999999999999999", ChainError.NumberOutOfRange)]
    [InlineData("\"block_timestamp\": 99999999999", ChainError.FutureTimestamp)]
    [InlineData("\"hash\": 17", ChainError.BadHex)]
    public void EtlLine_ShouldBeTakenOrRefused_AndTheLinesAroundItKept(string change, string? errorClass)
    {
        _folder.Write("stream.json", EtlLine(""), EtlLine(change), "{\"type\": \"log\", \"item_id\": \"x\"}", EtlLine(""));
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(errorClass is null ? 3 : 2, Transactions(items).Length);
        Assert.Equal(errorClass, Letters(items).SingleOrDefault()?.ErrorClass);
        Assert.All(Transactions(items), transaction => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_600_000_000), transaction.Timestamp));
    }

    [Fact]
    public void BrokenLine_ShouldBeRefusedAlone()
    {
        _folder.Write("stream.jsonl", EtlLine(""), EtlLine("")[..100], "not json", "[]", EtlLine(""));
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(2, Transactions(items).Length);
        Assert.Equal(["stream.jsonl, line 2", "stream.jsonl, line 3", "stream.jsonl, line 4"], Letters(items).Select(letter => letter.ErrorMessage.Split(':')[0]));
        Assert.All(Letters(items), letter => Assert.Equal(ChainError.MalformedJson, letter.ErrorClass));
    }

    [Fact]
    public void DeeplyNestedLine_ShouldBeRefused()
    {
        _folder.Write("stream.json", EtlLine(""), "{\"type\": \"transaction\", \"access_list\": " + new string('[', 5000) + new string(']', 5000) + "}");
        Assert.Equal(ChainError.MalformedJson, Assert.Single(Letters(_folder.Collect())).ErrorClass);
    }

    [Fact]
    public void NodeAnswers_ShouldBeJoinedWithinTheirFolder_AndOtherCallsPassedOver()
    {
        _folder.Write("a/block.json", Answer(Block(Transaction(Hash), Transaction(Other))));
        _folder.Write("a/receipts.json", Answer($"[{Receipt(Hash, "\"0x1\"")}, {Receipt(Other, "\"0x0\"")}]"));
        _folder.Write("b/block.json", Answer(Block(Transaction(Hash))));
        _folder.Write("b/number.json", Answer("\"0x10\""));
        _folder.Write("b/null.json", Answer("null"));
        ChainCollected[] items = _folder.Collect();
        Assert.Empty(Letters(items));
        Assert.Equal([TransactionStatus.Succeeded, TransactionStatus.Failed, TransactionStatus.Unknown], Transactions(items).Select(transaction => transaction.Status));
        Assert.Equal([1, 1, null], Transactions(items).Select(transaction => transaction.LogCount));
        Assert.Equal([2, 1], items.OfType<ChainCollected.OfBlock>().Select(item => item.Block.TransactionCount));
    }

    [Fact]
    public void ReceiptOfAnotherBlock_ShouldNotBeUsed()
    {
        _folder.Write("block.json", Answer(Block(Transaction(Hash))));
        _folder.Write("receipt.json", Answer(Receipt(Hash, "\"0x1\"").Replace(BlockHash, Other)));
        Assert.Equal((TransactionStatus.Unknown, null), Assert.Single(Transactions(_folder.Collect()).Select(transaction => (transaction.Status, transaction.GasUsed))));
    }

    [Theory]
    [InlineData("\"value\": \"0x1\"", "\"value\": \"0x1" + "0000000000000000000000000000000000000000000000000000000000000000\"", ChainError.NumberOutOfRange)]
    [InlineData("\"value\": \"0x1\"", "\"value\": \"-0x1\"", ChainError.NegativeNumber)]
    [InlineData("\"value\": \"0x1\"", "\"value\": null", ChainError.MissingField)]
    [InlineData("\"chainId\": \"0x1\"", "\"chainId\": \"0x5\"", ChainError.WrongChain)]
    [InlineData("\"nonce\": \"0x7\"", "\"nonce\": [1]", ChainError.MalformedJson)]
    [InlineData("\"blockNumber\": \"0x64\"", "\"blockNumber\": \"0x65\"", ChainError.InconsistentBlock)]
    public void BadTransactionOfABlock_ShouldBeRefusedAlone(string good, string bad, string errorClass)
    {
        _folder.Write("block.json", Answer(Block(Transaction(Other), Transaction(Hash).Replace(good, bad))));
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(Other, Assert.Single(Transactions(items)).Hash);
        DeadLetter letter = Assert.Single(Letters(items));
        Assert.Equal(errorClass, letter.ErrorClass);
        Assert.StartsWith($"block.json, block 100 {BlockHash}, transaction 1: ", letter.ErrorMessage);
        Assert.Equal(Transaction(Hash).Replace(good, bad), System.Text.Encoding.UTF8.GetString(letter.Payload!));
    }

    [Fact]
    public void TransactionThatABlockHoldsTwice_ShouldBeTakenOnce()
    {
        _folder.Write("block.json", Answer(Block(Transaction(Hash), Transaction(Hash))));
        ChainCollected[] items = _folder.Collect();
        Assert.Single(Transactions(items));
        Assert.Equal(ChainError.InconsistentBlock, Assert.Single(Letters(items)).ErrorClass);
    }

    [Theory]
    [InlineData("\"hash\": \"", "\"hash\": null, \"was\": \"", ChainError.MissingField)]
    [InlineData("\"timestamp\": \"0x5f5e1000\"", "\"timestamp\": \"0xffffffffff\"", ChainError.FutureTimestamp)]
    [InlineData("\"number\": \"0x64\"", "\"number\": \"\"", ChainError.MissingField)]
    [InlineData("\"number\": \"0x64\"", "\"number\": \"0x10000000000000000\"", ChainError.NumberOutOfRange)]
    public void BadHeader_ShouldRefuseTheWholeBlock(string good, string bad, string errorClass)
    {
        string block = Block();
        _folder.Write("block.json", Answer(block.Replace(good, bad)));
        DeadLetter letter = Assert.IsType<ChainCollected.OfDeadLetter>(Assert.Single(_folder.Collect())).Letter;
        Assert.Equal(errorClass, letter.ErrorClass);
    }

    [Fact]
    public void ErrorAnswerAndDamagedAnswer_ShouldBeRefusedWithTheirReason()
    {
        _folder.Write("error.json", "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": -32000, \"message\": \"header not found\"}}");
        _folder.Write("half.json", Answer(Block(Transaction(Hash)))[..200]);
        _folder.Write("nothing.json", "{\"jsonrpc\": \"2.0\", \"id\": 1}");
        Assert.Equal(
            [ChainError.RpcAnswerRefused, ChainError.MalformedJson, ChainError.MalformedJson],
            Letters(_folder.Collect()).Select(letter => letter.ErrorClass));
    }

    [Fact]
    public void InputOfAMegabyte_ShouldBeMeasured()
    {
        string data = "0x" + string.Concat(Enumerable.Repeat("5a", 1 << 20));
        _folder.Write("block.json", Answer(Block(Transaction(Hash).Replace("\"input\": \"0x\"", $"\"input\": \"{data}\""))));
        _folder.Write("stream.jsonl", EtlLine($"\"input\": \"{data}\""));
        Assert.All(Transactions(_folder.Collect()), transaction => Assert.Equal((1 << 20, 36), (transaction.InputLength, transaction.InputHead.Length)));
    }

    public void Dispose() => _folder.Dispose();

    private static string BlockHash { get; } = "0x" + new string('d', 64);

    /// <summary>A line with one field changed: of a name that stands twice, the last value counts.</summary>
    private static string EtlLine(string change) =>
        $$"""{"type": "transaction", "hash": "{{Hash}}", "nonce": 7, "transaction_index": 3, "from_address": "{{From}}", "to_address": "{{To}}", "value": 25, "gas": 21000, "gas_price": 1, "input": "0x", "block_timestamp": 1600000000, "block_number": 100, "block_hash": "{{Hash}}" """
        .Replace(change.Length == 0 ? "\u0000" : change.Split(':')[0] + ":", "\"old\":")
        .TrimEnd() + (change.Length == 0 ? "" : ", " + change) + "}";

    private static string Answer(string result) => $$"""{"jsonrpc": "2.0", "id": 1, "result": {{result}}}""";

    private static string Block(params string[] transactions) =>
        $$"""{"hash": "{{BlockHash}}", "number": "0x64", "parentHash": "{{Other}}", "timestamp": "0x5f5e1000", "gasLimit": "0x1c9c380", "transactions": [{{string.Join(", ", transactions)}}]}""";

    private static string Transaction(string hash) =>
        $$"""{"hash": "{{hash}}", "blockHash": "{{BlockHash}}", "blockNumber": "0x64", "chainId": "0x1", "from": "{{From}}", "to": "{{To}}", "gas": "0x5208", "gasPrice": "0x1", "input": "0x", "nonce": "0x7", "value": "0x1"}""";

    private static string Receipt(string hash, string status) =>
        $$"""{"transactionHash": "{{hash}}", "blockHash": "{{BlockHash}}", "cumulativeGasUsed": "0x5208", "gasUsed": "0x5208", "status": {{status}}, "logs": [{"data": "0x", "topics": [["nested"]]}], "contractAddress": null}""";
}
