using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using AuditIntel.Collectors.Chain;
using AuditIntel.Contracts;
using Xunit.Abstractions;

namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>The public data beside the repository; the figures are facts of its README and of Python's csv and json.</summary>
[Collection(nameof(RunsAlone))]
public sealed class RealChainDataTests(ITestOutputHelper output)
{
    [Fact]
    public void AccountTransactions_ShouldAllBeRead_WithinThreeSecondsOfWork()
    {
        if (Folder("transactions") is not { } folder)
        {
            return;
        }

        var collector = new ChainFileCollector([folder], new ChainFileOptions());
        var hashes = new HashSet<string>(300_000);
        var accounts = new HashSet<string>();
        (long failed, long creations, long longest) = (0, 0, 0);
        BigInteger most = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        long read = collector.Collect().LongCount();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        busy = Environment.CpuUsage.TotalTime - busy;
        output.WriteLine($"{read} rows in {elapsed.TotalMilliseconds:0} ms, {busy.TotalMilliseconds:0} ms of them at work, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / read} bytes a row");
        foreach (ChainCollected item in collector.Collect())
        {
            (ChainTransaction transaction, string? account) = Assert.IsType<ChainCollected.OfTransaction>(item);
            hashes.Add(transaction.Hash);
            accounts.Add(account!);
            failed += transaction.Status == TransactionStatus.Failed ? 1 : 0;
            creations += transaction.To is null ? 1 : 0;
            longest = Math.Max(longest, transaction.InputLength);
            most = BigInteger.Max(most, transaction.Value.Unscaled);
        }

        Assert.Equal((291_688, 291_688, 8_843), (read, hashes.Count, accounts.Count));
        Assert.Equal((4_995, 1_493, 73_540), (failed, creations, longest));
        Assert.Equal(BigInteger.Parse("389310745576371100000000", CultureInfo.InvariantCulture), most);

        // The time that this process worked: others may keep the processors busy.
        Assert.True(busy < TimeSpan.FromSeconds(3), $"Reading took {busy} of work.");
    }

    [Fact]
    public void StreamedBlocks_ShouldGiveTheExpectedTransactions_FieldForField()
    {
        if (Folder("blocks", "test_stream", "blocks_17173049_17173050") is not { } folder)
        {
            return;
        }

        ChainCollected[] items = [.. new ChainFileCollector([folder], new ChainFileOptions()).Collect()];
        Dictionary<string, ChainTransaction> read = items.OfType<ChainCollected.OfTransaction>().ToDictionary(item => item.Transaction.Hash, item => item.Transaction);
        string[] lines = File.ReadAllLines(Path.Combine(folder, "expected_transactions.json"));
        Assert.Equal(298, lines.Length);
        Assert.Equal(lines.Length, read.Count);
        foreach (string line in lines)
        {
            JsonElement expected = JsonDocument.Parse(line).RootElement;
            ExpectedTransaction.AssertEqual(expected, read[expected.GetProperty("hash").GetString()!]);
        }

        ChainBlock[] blocks = [.. items.OfType<ChainCollected.OfBlock>().Select(item => item.Block)];
        Assert.Equal([17173049, 17173050], blocks.Select(block => block.Number));
        Assert.Equal(blocks[0].Hash, blocks[1].ParentHash);
        Assert.All(blocks, block => Assert.Equal(block.TransactionCount, read.Values.Count(transaction => transaction.BlockHash == block.Hash)));
        Assert.Equal((9_755_040, "80869370967", "0x1f9090aae28b8a3dceadf281b0f12828e676c326"), (blocks[0].GasUsed, blocks[0].BaseFeePerGas.ToString(), blocks[0].Miner));
        Assert.DoesNotContain(items, item => item is ChainCollected.OfDeadLetter);
    }

    [Fact]
    public void NodeAnswers_ShouldGiveBlocksWithReceiptsOfTheSameFolder()
    {
        if (Folder("blocks", "test_stream", "blocks_1755634_1755635") is not { } folder)
        {
            return;
        }

        ChainCollected[] items = [.. new ChainFileCollector([folder], new ChainFileOptions()).Collect()];
        ChainTransaction[] transactions = [.. items.OfType<ChainCollected.OfTransaction>().Select(item => item.Transaction)];
        Assert.Equal(
            ["0x2e3dcd051a91d3a694f6b8de2ac4b5fe7acdba55f58bcf8471ff00d4a430074d", "0x9a5437ec71b74ecf5930b406908ac6999966d38a86d1534b7190ece7599095eb"],
            transactions.Select(transaction => transaction.Hash));
        ChainTransaction first = transactions[0];
        Assert.Equal((1755635, 0, 0x8570, 0x3d090), (first.BlockNumber, first.TransactionIndex, first.Nonce, first.GasLimit));
        Assert.Equal(("0xed059bc543141c8c93031d545079b3da0233b27f", "0x8b3b3b624c3c0397d3da8fd861512393d51dcbac"), (first.From, first.To));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(0x576b99fa), first.Timestamp);
        Assert.Equal((0x8e42, 2, TransactionStatus.Unknown), (first.GasUsed, first.LogCount, first.Status));
        Assert.Equal((36, "7edae70f0000000000000000000000006498077292a0921c8804924fdf47b5e91e2a215f"), (first.InputLength, Convert.ToHexStringLower(first.InputHead)));
        Assert.Equal("405738107000000000", transactions[1].Value.ToString());
        Assert.DoesNotContain(items, item => item is ChainCollected.OfDeadLetter);
    }

    [Fact]
    public void WholeFolder_ShouldGiveEverythingOnceWithoutRefusals()
    {
        if (Folder() is not { } folder)
        {
            return;
        }

        var collector = new ChainFileCollector([folder], new ChainFileOptions());
        var letters = new List<DeadLetter>();
        foreach (ChainCollected item in collector.Collect())
        {
            if (item is ChainCollected.OfDeadLetter { Letter: var letter })
            {
                letters.Add(letter);
            }
        }

        Assert.Empty(letters.Select(letter => letter.ErrorMessage));
        Assert.Equal((12, 7_891), (collector.Counts.Blocks, collector.Counts.Labels));
        Assert.Equal(
            [("ethereum-etl", 298), ("etherscan-csv", 291_688), ("json-rpc", 10)],
            collector.Counts.TransactionsByLayout.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(collector.FilesTotal, collector.FilesDone);
    }

    private string? Folder(params string[] parts)
    {
        string? folder = SharedData.Folder(["chain", .. parts]);
        if (folder is null)
        {
            output.WriteLine("shared/data/chain is not beside the repository: nothing was read.");
        }

        return folder;
    }
}
