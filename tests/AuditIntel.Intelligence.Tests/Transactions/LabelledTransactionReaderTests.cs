using System.IO.Compression;
using System.Text;
using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class LabelledTransactionReaderTests
{
    private const string Header =
        "blockNumber,timeStamp,hash,nonce,transactionIndex,from,to,value,gas,gasPrice,gasUsed,isError,contractAddress,inputBytes,input,functionName,accountId\n";

    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x00000000000000000000000000000000000000bb";
    private const string Flags = $"address,flag\n{A},1\n0x{"12"}34567890123456789012345678901234567890123456789012345678901234,1\n{B},0\n";

    [Fact]
    public void Row_ShouldBecomeATransaction()
    {
        LabelledTransaction row = Assert.Single(Read(
            $"{Header}5,1500000000,0x01,3,7,{A},{B},1500000000000000000,90000,2000000000,50000,1,,68,0xa9059cbb000000,\"transfer(address _to, uint256 _value)\",{A}\n"));
        Assert.True(row.IsFlagged);
        Assert.Equal(1.5, row.Transaction.ValueEther);
        Assert.Equal(2, row.Transaction.GasPriceGwei);
        Assert.Equal(0xa9059cbb, row.Transaction.Selector);
        Assert.True(row.Transaction.IsError);
        Assert.Equal(AccountAddress.Parse(B), row.Transaction.To);
    }

    [Fact]
    public void Creation_ShouldLeadToTheContract()
    {
        LabelledTransaction row = Assert.Single(Read($"{Header}5,1500000000,0x01,3,7,{A},,0,90000,2000000000,50000,0,{B},400,0x60606040,,{A}\n"));
        Assert.True(row.Transaction.CreatesContract);
        Assert.Equal(AccountAddress.Parse(B), row.Transaction.To);
    }

    [Fact]
    public void Rows_ShouldComeInTheOrderOfTheChain_EachHashOnce() => Assert.Equal(
        ["0x03", "0x02", "0x01"],
        Read($"{Header}{Row(9, 90, "0x01")}{Row(8, 80, "0x02")}{Row(7, 70, "0x03")}{Row(9, 90, "0x01")}").Select(row => row.Transaction.Hash));

    [Fact]
    public void Gzip_ShouldBeRecognised()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Header + Row(1, 10, "0x01")));
        }

        packed.Position = 0;
        Assert.Single(LabelledTransactionReader.Read(packed, Text(Flags)));
    }

    [Theory]
    [InlineData("5,1500000000,0x01,3,7,nobody,,0,1,1,1,0,,0,0x,,", "Line 2: from is 'nobody', where an address is expected.")]
    [InlineData("five,1500000000,0x01,3,7,", "Line 2: blockNumber is 'five', where a whole number is expected.")]
    public void DamagedRow_ShouldBeNamed(string begin, string message)
    {
        string row = begin.EndsWith(",,", StringComparison.Ordinal) ? $"{begin}{A}\n" : $"{begin}{A},{B},0,1,1,1,0,,0,0x,,{A}\n";
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(Header + row)).Message);
    }

    [Fact]
    public void MissingColumn_ShouldBeNamed() =>
        Assert.Equal("Line 1: there is no column 'gasUsed'.", Assert.Throws<InvalidDataException>(() => Read(Header.Replace("gasUsed", "used"))).Message);

    [Fact]
    public void UnlabelledAccount_ShouldBeNamed() => Assert.Contains(
        "has no row in the flags", Assert.Throws<InvalidDataException>(() => Read(Header + Row(1, 10, "0x01").Replace(A + "\n", "0x00000000000000000000000000000000000000cc\n"))).Message);

    private static string Row(int block, int time, string hash) => $"{block},{time},{hash},0,0,{A},{B},0,21000,1,21000,0,,0,0x,,{A}\n";

    private static IReadOnlyList<LabelledTransaction> Read(string transactions) => LabelledTransactionReader.Read(Text(transactions), Text(Flags));

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
