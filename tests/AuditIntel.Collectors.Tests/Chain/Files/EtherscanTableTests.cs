using System.Numerics;
using System.Text;
using AuditIntel.Collectors.Chain;
using AuditIntel.Contracts;
using static AuditIntel.Collectors.Tests.Chain.Files.ChainFileFolder;

namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>Tables of transactions, good and damaged.</summary>
public sealed class EtherscanTableTests : IDisposable
{
    private readonly ChainFileFolder _folder = new();

    [Fact]
    public void Row_ShouldBecomeATransaction_WithNamesAndHexInLowerCase()
    {
        string input = "0xA9059CBB" + new string('0', 63) + "1" + new string('F', 64);
        _folder.Write("table.csv", Header, Row(
            ("from", From.Replace('1', 'A')), ("input", input[..74]), ("inputBytes", "68"), ("functionName", "\"transfer(address \"\"to\"\", uint256 value)\""), ("accountId", To)));
        var item = Assert.IsType<ChainCollected.OfTransaction>(Assert.Single(_folder.Collect()));
        Assert.Equal(To, item.Account);
        ChainTransaction transaction = item.Transaction;
        Assert.Equal((1, Hash, 100, 3, 7), (transaction.ChainId, transaction.Hash, transaction.BlockNumber, transaction.TransactionIndex, transaction.Nonce));
        Assert.Equal(("0x" + new string('a', 40), To), (transaction.From, transaction.To));
        Assert.Equal((21_000, 21_000, "50000000000"), (transaction.GasLimit, transaction.GasUsed, transaction.GasPrice.ToString()));
        Assert.Equal((68, "a9059cbb" + new string('0', 63) + "1"), (transaction.InputLength, Convert.ToHexStringLower(transaction.InputHead)));
        Assert.Equal("transfer(address \"to\", uint256 value)", transaction.FunctionName);
        Assert.Equal((TransactionStatus.Succeeded, null, null), (transaction.Status, transaction.Type, transaction.BlockHash));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_600_000_000), transaction.Timestamp);
    }

    [Theory]
    [InlineData("value", "115792089237316195423570985008687907853269984665640564039457584007913129639935", null)]
    [InlineData("value", "115792089237316195423570985008687907853269984665640564039457584007913129639936", ChainError.NumberOutOfRange)]
    [InlineData("value", "1000000000000000000000000000000000000000000000000000000000000000000000000000000000", ChainError.NumberOutOfRange)]
    [InlineData("value", "0000000000000000000000000000000000000000000000000000000000000000000000000000000000001", null)]
    [InlineData("value", "-1", ChainError.NegativeNumber)]
    [InlineData("value", "1e18", ChainError.BadNumber)]
    [InlineData("value", "1.5", ChainError.BadNumber)]
    [InlineData("value", "", ChainError.MissingField)]
    [InlineData("blockNumber", "", ChainError.MissingField)]
    [InlineData("blockNumber", "-5", ChainError.NegativeNumber)]
    [InlineData("blockNumber", "9223372036854775808", ChainError.NumberOutOfRange)]
    [InlineData("transactionIndex", "2147483648", ChainError.NumberOutOfRange)]
    [InlineData("nonce", "seven", ChainError.BadNumber)]
    [InlineData("gas", "99999999999999999999999", ChainError.NumberOutOfRange)]
    [InlineData("hash", "", ChainError.MissingField)]
    [InlineData("hash", "0xaaaa", ChainError.BadHex)]
    [InlineData("hash", "0xgggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", ChainError.BadHex)]
    [InlineData("from", "", ChainError.MissingField)]
    [InlineData("to", "0x123", ChainError.BadHex)]
    [InlineData("to", "0x", null)]
    [InlineData("to", "", null)]
    [InlineData("isError", "2", ChainError.NumberOutOfRange)]
    [InlineData("isError", "", null)]
    [InlineData("input", "0xabc", ChainError.BadHex)]
    [InlineData("inputBytes", "-3", ChainError.NegativeNumber)]
    [InlineData("timeStamp", "99999999999", ChainError.FutureTimestamp)]
    [InlineData("timeStamp", "9223372036854775807", ChainError.FutureTimestamp)]
    [InlineData("functionName", "\"open", ChainError.BadCsvRow)]
    [InlineData("functionName", "a\"b", ChainError.BadCsvRow)]
    [InlineData("functionName", "one,more", ChainError.BadCsvRow)]
    public void Value_ShouldBeTakenOrRefused_AndTheRowsAroundItKept(string column, string value, string? errorClass)
    {
        string other = Hash.Replace('a', 'b');
        _folder.Write("table.csv", Header, Row(("hash", other)), Row((column, value)), Row(("hash", other)));
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(2, Transactions(items).Count(transaction => transaction.Hash == other));
        if (errorClass is null)
        {
            Assert.Empty(Letters(items));
            Assert.Equal(3, Transactions(items).Length);
            return;
        }

        DeadLetter letter = Assert.Single(Letters(items));
        Assert.Equal(errorClass, letter.ErrorClass);
        Assert.StartsWith("table.csv, line 3: ", letter.ErrorMessage);
        Assert.EndsWith(".", letter.ErrorMessage);
        Assert.Equal(Row((column, value)), Encoding.UTF8.GetString(letter.Payload!));
        Assert.Equal(("chain/1", "table.csv", "collect"), (letter.Platform, letter.SourcePath, letter.Stage));
    }

    [Fact]
    public void WidestAmount_ShouldKeepEveryDigit()
    {
        BigInteger widest = (BigInteger.One << 256) - 1;
        _folder.Write("table.csv", Header, Row(("value", widest.ToString()), ("gasPrice", "0x" + new string('f', 64))));
        ChainTransaction transaction = Assert.Single(Transactions(_folder.Collect()));
        Assert.Equal((widest, widest), (transaction.Value.Unscaled, transaction.GasPrice!.Value.Unscaled));
    }

    [Fact]
    public void EmptyReceiver_ShouldBeACreation()
    {
        _folder.Write("table.csv", Header, Row(("to", ""), ("contractAddress", To)));
        ChainTransaction transaction = Assert.Single(Transactions(_folder.Collect()));
        Assert.Equal((null, To), (transaction.To, transaction.CreatedContract));
    }

    [Fact]
    public void InputOfAMegabyte_ShouldBeMeasuredAndItsHeadKept()
    {
        string input = "0x12345678" + string.Concat(Enumerable.Repeat("ab", (1 << 20) - 4));
        _folder.Write("table.csv", Header, Row(("input", input), ("inputBytes", "")), Row());
        ChainTransaction[] transactions = Transactions(_folder.Collect());
        Assert.Equal((2, 1 << 20), (transactions.Length, transactions[0].InputLength));
        Assert.Equal("12345678" + string.Concat(Enumerable.Repeat("ab", 32)), Convert.ToHexStringLower(transactions[0].InputHead));
    }

    [Fact]
    public void LineBeyondTheLimit_ShouldBeRefusedAlone()
    {
        _folder.Options = new ChainFileOptions { LongestLine = 4096 };
        _folder.Write("table.csv", Header, Row(), Row(("functionName", new string('x', 100_000))), Row());
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(2, Transactions(items).Length);
        DeadLetter letter = Assert.Single(Letters(items));
        Assert.Equal((ChainError.LineTooLong, 100_000 + Row().Length), (letter.ErrorClass, letter.PayloadLength));
        Assert.StartsWith("table.csv, line 3: ", letter.ErrorMessage);
        Assert.Equal(4096, letter.Payload!.Length);
    }

    [Theory]
    [InlineData("\r\n", "\uFEFF")]
    [InlineData("\n", "")]
    public void LineEndsAndByteOrderMark_ShouldNotMatter(string end, string mark)
    {
        _folder.Write("table.csv", Encoding.UTF8.GetBytes(mark + string.Join(end, Header, Row(), "", Row()) + end));
        Assert.Equal(2, Transactions(_folder.Collect()).Length);
    }

    [Fact]
    public void HeaderWithoutNeededColumns_ShouldRefuseTheFileOnce()
    {
        _folder.Write("table.csv", Header.Replace("hash,", "").Replace("value,", ""), "1,2,3", "4,5,6");
        DeadLetter letter = Assert.Single(Letters(_folder.Collect()));
        Assert.Equal(
            (ChainError.BadCsvHeader, "table.csv, line 1: The header lacks hash, value; export the table with these columns."),
            (letter.ErrorClass, letter.ErrorMessage));
    }

    [Fact]
    public void TextBeyondAllReason_ShouldBeRefusedAlone()
    {
        _folder.Write("table.csv", Header, Row(("functionName", new string('f', 12_000_000))), Row(("functionName", new string('f', 4096))));
        ChainCollected[] items = _folder.Collect();
        Assert.Equal(4096, Assert.Single(Transactions(items)).FunctionName!.Length);
        Assert.Equal(
            (ChainError.RecordTooLarge, "table.csv, line 2: Field functionName has 12000000 bytes, more than 4096."),
            Assert.Single(Letters(items).Select(letter => (letter.ErrorClass, letter.ErrorMessage))));
    }

    [Fact]
    public void EtherscansOwnColumns_ShouldBeTaken()
    {
        _folder.Write(
            "export.csv",
            "blockNumber,blockHash,timeStamp,hash,nonce,transactionIndex,from,to,value,gas,gasPrice,input,methodId,functionName,contractAddress,cumulativeGasUsed,txreceipt_status,gasUsed,confirmations,isError",
            $"100,{Hash},1600000000,{Hash},1,2,{From},{To},5,21000,7,0x,0x,,,42000,0,21000,9,1");
        ChainTransaction transaction = Assert.Single(Transactions(_folder.Collect()));
        Assert.Equal((Hash, 42_000, TransactionStatus.Failed), (transaction.BlockHash, transaction.CumulativeGasUsed, transaction.Status));
    }

    [Fact]
    public void PackedTable_ShouldBeRead_AndItsDamagedEndRefused()
    {
        string text = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => Row(("nonce", $"{i}"), ("value", $"{i * 7919L * 104729 % 1_000_003}"))).Prepend(Header));
        byte[] packed = Pack(text);
        _folder.Write("whole.csv.gz", packed);
        Assert.Equal(20_000, Transactions(_folder.Collect()).Length);

        _folder.Write("whole.csv.gz", packed[..(packed.Length / 2)].Concat(new byte[512]).ToArray());
        ChainCollected[] items = _folder.Collect();
        Assert.InRange(Transactions(items).Length, 1, 19_999);
        Assert.Equal(Enumerable.Range(0, Transactions(items).Length).Select(i => (long)i), Transactions(items).Select(transaction => transaction.Nonce));
        Assert.Contains(Letters(items), letter => letter.ErrorClass is ChainError.UnreadableFile);
    }

    [Fact]
    public void AccountFlags_ShouldNeverBeCollected_SinceTheyAreTheAnswer()
    {
        _folder.Write("account-flags.csv", "address,flag", $"{From},1");
        Assert.Empty(_folder.Collect());
    }

    public void Dispose() => _folder.Dispose();
}
