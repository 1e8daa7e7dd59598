using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AuditIntel.Avro.Tests.Binary;

public sealed class HostileValueTests
{
    [Theory]
    [InlineData("\"string\"", "feffffffffffffffff01")] // length 2^63 - 1
    [InlineData("\"bytes\"", "03")] // length -2
    [InlineData("\"bytes\"", "0a0102")] // length 5, two bytes
    [InlineData("\"string\"", "04c328")] // no UTF-8
    [InlineData("\"long\"", "ffffffffffffffffffff01")] // eleven bytes
    [InlineData("\"long\"", "ffffffffffffffffff7f")] // beyond 64 bits
    [InlineData("\"long\"", "8080")] // cut off
    [InlineData("\"int\"", "8080808010")] // 2^31
    [InlineData("\"boolean\"", "02")]
    [InlineData("\"double\"", "00000000000000")]
    [InlineData("""["null","string"]""", "04")] // branch 2 of 2
    [InlineData("""["null","string"]""", "01")] // branch -1
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "02")]
    [InlineData("""{"type":"fixed","name":"F","size":4}""", "010203")]
    [InlineData("""{"type":"array","items":"int"}""", "feffffffffffffffff01")] // count 2^63 - 1
    [InlineData("""{"type":"array","items":"int"}""", "ffffffffffffffffff01")] // count -2^63
    [InlineData("""{"type":"array","items":"int"}""", "01feffffffffffffffff01")] // one item in 2^63 - 1 bytes
    [InlineData("""{"type":"array","items":"null"}""", "feffffff0f00")] // 2^31 - 1 nulls in no bytes
    [InlineData("""{"type":"map","values":"null"}""", "feffffff0f")]
    public void BrokenValue_ShouldBeRefusedWithItsPosition_WhereverItIsRead(string schemaText, string hex)
    {
        AvroSchema schema = AvroSchema.Parse(schemaText);
        byte[] bytes = Convert.FromHexString(hex);
        Assert.InRange(Refusal(bytes, (ref AvroReader reader) => GenericDatum.Read(schema, ref reader)).Position, 0, bytes.Length);
        Assert.InRange(Refusal(bytes, (ref AvroReader reader) => Json(schema, ref reader)).Position, 0, bytes.Length);
        Assert.InRange(Refusal(bytes, (ref AvroReader reader) => Resolve(schema, ref reader)).Position, 0, bytes.Length);
    }

    [Fact]
    public void Recursion_ShouldBeRefused_WhenDeeperThanTheLimit()
    {
        AvroSchema schema = AvroSchema.Parse("""{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}""");
        byte[] bytes = [.. Enumerable.Repeat((byte)2, 1_000_000), 0];
        Assert.Contains("nested deeper", Refusal(bytes, (ref AvroReader reader) => GenericDatum.Read(schema, ref reader)).Message);
        Assert.Contains("nested deeper", Refusal(bytes, (ref AvroReader reader) => Json(schema, ref reader)).Message);
        Assert.Contains("nested deeper", Refusal(bytes, (ref AvroReader reader) => Resolve(schema, ref reader)).Message);
        Assert.Contains("nested deeper", Refusal(bytes, (ref AvroReader reader) => new ResolutionSkip(schema).Run(ref reader)).Message);
    }

    [Fact]
    public void EmptyItems_ShouldBeBounded_OverAllBlocksOfAValue()
    {
        AvroSchema schema = AvroSchema.Parse("""{"type":"array","items":{"type":"array","items":"null"}}""");
        byte[] block = [0x80, 0x80, 0x40, 0x00]; // 2^19 nulls in one inner array
        byte[] bytes = [20, .. Enumerable.Repeat(block, 10).SelectMany(each => each), 0];
        Assert.Contains("take no bytes", Refusal(bytes, (ref AvroReader reader) => new ResolutionSkip(schema).Run(ref reader)).Message);
    }

    [Fact]
    public void ListOfLies_ShouldAllocateLittle_WhenItsCountIsHuge()
    {
        // Ten million items of one byte are claimed, and there are that many bytes, but the first item breaks off.
        byte[] bytes = new byte[10_000_000];
        bytes.AsSpan().Fill(0xFF);
        Convert.FromHexString("80dac409").CopyTo(bytes, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bytes, (ref AvroReader reader) => AvroCollections.ReadList(ref reader, 1, static (ref AvroReader item) => item.ReadLong()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void HugeDecimal_ShouldBeRefusedAtOnce()
    {
        byte[] digits = new byte[4_000_000];
        digits.AsSpan().Fill(0x55);
        var output = new ArrayBufferWriter<byte>();
        new AvroWriter(output).WriteBytes(digits);
        byte[] bytes = output.WrittenSpan.ToArray();
        Refusal(bytes, (ref AvroReader reader) => AvroDecimals.Read(ref reader, 2));
        Refusal(bytes, (ref AvroReader reader) => AvroDecimals.ReadWide(ref reader, 2));
    }

    [Fact]
    public void TryReadLong_ShouldSayNoAndStayInPlace_WhenTheVarintIsCutOff()
    {
        var reader = new AvroReader([0x80, 0x80]);
        Assert.False(reader.TryReadLong(out _));
        Assert.Equal(0, reader.Position);
    }

    [Fact]
    public void LoneSurrogates_ShouldBecomeReplacementCharacters_WhenWritten()
    {
        var output = new ArrayBufferWriter<byte>();
        new AvroWriter(output).WriteString("a\ud800b");
        Assert.Equal("a\ufffdb", new AvroReader(output.WrittenSpan).ReadString());
    }

    [Fact]
    public void Strings_ShouldKeepTheirText_AtEveryLengthAndWidth()
    {
        foreach (string letter in new[] { "a", "é", "中", "😀" })
        {
            for (int count = 0; count < 300; count++)
            {
                string text = string.Concat(Enumerable.Repeat(letter, count));
                var output = new ArrayBufferWriter<byte>();
                new AvroWriter(output).WriteString(text);
                var reader = new AvroReader(output.WrittenSpan);
                Assert.Equal(text, reader.ReadString());
                reader.ExpectEnd();
                Assert.Equal(Encoding.UTF8.GetByteCount(text) + (Encoding.UTF8.GetByteCount(text) < 64 ? 1 : 2), output.WrittenCount);
            }
        }
    }

    private delegate void Reading(ref AvroReader reader);

    private static AvroDataException Refusal(byte[] bytes, Reading read) => Assert.Throws<AvroDataException>(() =>
    {
        var reader = new AvroReader(bytes);
        read(ref reader);
    });

    private static void Json(AvroSchema schema, ref AvroReader reader)
    {
        using var json = new Utf8JsonWriter(Stream.Null);
        AvroJson.Write(schema, ref reader, json);
    }

    private static void Resolve(AvroSchema schema, ref AvroReader reader)
    {
        var writer = new AvroWriter(new ArrayBufferWriter<byte>());
        SchemaResolver.Compile(schema, schema).Resolve(ref reader, ref writer);
    }
}
