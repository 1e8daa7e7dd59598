using System.Globalization;
using System.Numerics;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Files;
using AuditIntel.Collectors.Chain.JsonRpc;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Collectors.Tests.Chain.Files;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Collectors.Tests.Chain;

/// <summary>Whatever the bytes are: a value, or a sentence about them, and never anything else.</summary>
public sealed class HostileInputTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Numbers_ShouldReadAsTheyAreWritten() => Prop.ForAll(
        ArbMap.Default.ArbFor<BigInteger>().Filter(number => number.Sign >= 0),
        ArbMap.Default.ArbFor<byte>(),
        (number, shift) =>
        {
            BigInteger value = number << (shift % 240);
            bool fits = value.GetBitLength() <= 256;
            return new[] { value.ToString(CultureInfo.InvariantCulture), "0x" + value.ToString("x"), "0X00" + value.ToString("X") }.All(text =>
            {
                NumberFault fault = ChainNumber.ReadWei(Encoding.UTF8.GetBytes(text), out AvroDecimal read);
                NumberFault narrow = ChainNumber.ReadLong(Encoding.UTF8.GetBytes(text), out long small);
                return fits == (fault == NumberFault.None) && (!fits || read.Unscaled == value)
                    && (narrow == NumberFault.None) == (value <= long.MaxValue) && (narrow != NumberFault.None || small == value);
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", NumberFault.Malformed)]
    [InlineData("-", NumberFault.Malformed)]
    [InlineData("-x", NumberFault.Malformed)]
    [InlineData("-0", NumberFault.Negative)]
    [InlineData("+1", NumberFault.Malformed)]
    [InlineData(" 1", NumberFault.Malformed)]
    [InlineData("1 ", NumberFault.Malformed)]
    [InlineData("1_000", NumberFault.Malformed)]
    [InlineData("0x1g", NumberFault.Malformed)]
    [InlineData("0x-1", NumberFault.Malformed)]
    [InlineData("x1", NumberFault.Malformed)]
    [InlineData("ff", NumberFault.Malformed)]
    [InlineData("1,5", NumberFault.Malformed)]
    [InlineData("NaN", NumberFault.Malformed)]
    [InlineData("0x", NumberFault.None)]
    [InlineData("00", NumberFault.None)]
    internal void TextsThatAreNoNumbers_ShouldBeRefused(string text, NumberFault expected)
    {
        Assert.Equal(expected, ChainNumber.ReadWei(Encoding.UTF8.GetBytes(text), out _));
        Assert.Equal(expected, ChainNumber.ReadLong(Encoding.UTF8.GetBytes(text), out _));
        Assert.Equal(expected, ChainNumber.ReadInt(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void DamagedBlock_ShouldBeReadOrRefused()
    {
        string transaction = $$"""{"hash": "{{ChainFileFolder.Hash}}", "from": "{{ChainFileFolder.From}}", "to": null, "gas": "0x5208", "gasPrice": "0x1", "input": "0xabcd", "nonce": "0x7", "value": "0x1", "accessList": [{"address": "\ud83d"}]}""";
        string block = $$"""{"jsonrpc": "2.0", "id": 1, "error": null, "result": {"hash": "{{ChainFileFolder.Hash}}", "number": "0x64", "parentHash": "{{ChainFileFolder.Hash}}", "timestamp": "0x5f5e1000", "transactions": [{{transaction}}, "0x00", {{transaction}}] } }""";
        Damage(block, bytes =>
        {
            foreach (RpcAnswer answer in RpcEnvelope.Read(bytes))
            {
                if (!answer.Result.IsEmpty)
                {
                    RpcBlockReader.Read(answer.Result.Span, new Dictionary<string, RpcReceipt>(), 1, DateTimeOffset.UnixEpoch.AddYears(60), TimeSpan.Zero);
                    RpcBlockReader.ReadHashes(answer.Result.Span);
                }
            }
        });
    }

    [Fact]
    public void DamagedReceipts_ShouldBeReadOrRefused() => Damage(
        $$"""[{"transactionHash": "{{ChainFileFolder.Hash}}", "status": "0x1", "gasUsed": 21000, "logs": [{"topics": ["0x", "\u00e9"]}, {}], "contractAddress": null}, null]""",
        bytes => RpcReceiptReader.Read(bytes, []));

    [Fact]
    public void DamagedErrorAnswer_ShouldBeReadOrRefused() => Damage(
        """[{"jsonrpc": "2.0", "id": "1", "error": {"code": -32000, "message": "caf\u00e9 \ud83d\ude00 is closed", "data": [1, {"a": null}]}}, {"id": 2, "error": "plain \\ text"}]""",
        bytes => RpcEnvelope.Read(bytes));

    [Fact]
    public void DamagedLine_ShouldBeReadOrRefused()
    {
        var reader = new EthereumEtlReader(new ChainFileOptions());
        Damage(
            $$"""{"type": "transaction", "hash": "{{ChainFileFolder.Hash}}", "nonce": 7, "transaction_index": 3, "from_address": "{{ChainFileFolder.From}}", "to_address": "\u0030x", "value": 25, "gas": 21000, "gas_price": 1, "input": "0x", "block_timestamp": "2020-09-13T12:26:40Z", "block_number": 100}""",
            bytes => reader.Parse(bytes));
    }

    [Fact]
    public void DamagedRow_ShouldBeReadOrRefused()
    {
        var parser = new EtherscanRowParser(EtherscanColumns.Of(CsvLine.Header(Encoding.UTF8.GetBytes(ChainFileFolder.Header))), new ChainFileOptions());
        Damage(ChainFileFolder.Row(("functionName", "\"f(a, \"\"b\"\")\""), ("input", "0x12345678")), bytes => parser.Parse(bytes));
    }

    [Fact]
    public void Lines_ShouldComeWholeAcrossBuffers()
    {
        var random = new Random(11);
        string[] lines = [.. Enumerable.Range(0, 400).Select(_ => new string((char)random.Next('a', 'z'), random.Next(0, 3000)))];
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        var reader = new LineReader(stream, 4096);
        var read = new List<string>();
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            read.Add(Encoding.UTF8.GetString(line));
            Assert.Equal(read.Count, reader.Number);
        }

        Assert.Equal(lines.Reverse().SkipWhile(line => line.Length == 0).Reverse(), read);
    }

    /// <summary>Changes, drops, doubles and cuts bytes at random places; only a refusal may come of it.</summary>
    private static void Damage(string text, Action<byte[]> read)
    {
        var random = new Random(17);
        byte[] good = Encoding.UTF8.GetBytes(text);
        int taken = 0;
        for (int round = 0; round < Rounds; round++)
        {
            List<byte> bytes = [.. good];
            for (int change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(30), bytes.Count - at))); break;
                    case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                    default: bytes[at] = (byte)"\"\\{}[],:-0"[random.Next(10)]; break;
                }
            }

            try
            {
                read([.. bytes]);
                taken++;
            }
            catch (ChainFormatException e)
            {
                Assert.NotEmpty(e.ErrorClass);
                Assert.EndsWith(".", e.Message);
            }
        }

        Assert.InRange(taken, 0, Rounds - 1);
    }
}
