using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditIntel.Avro.Tests.Interop;

public sealed class LogicalTypeTests(PythonPeer python) : IClassFixture<PythonPeer>
{
    private const string Date = """{"type":"int","logicalType":"date"}""";
    private const string TimeMillis = """{"type":"int","logicalType":"time-millis"}""";
    private const string TimeMicros = """{"type":"long","logicalType":"time-micros"}""";
    private const string TimestampMillis = """{"type":"long","logicalType":"timestamp-millis"}""";
    private const string TimestampMicros = """{"type":"long","logicalType":"timestamp-micros"}""";
    private const string Uuid = """{"type":"string","logicalType":"uuid"}""";
    private const string Money = """{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}""";
    private const string Wei = """{"type":"bytes","logicalType":"decimal","precision":78,"scale":0}""";
    private const string FixedMoney = """{"type":"fixed","name":"M","size":12,"logicalType":"decimal","precision":28,"scale":4}""";

    private delegate void Writing(ref AvroWriter writer);

    [Theory]
    [InlineData(1970, 1, 1)]
    [InlineData(1969, 12, 31)]
    [InlineData(2026, 2, 28)]
    [InlineData(1, 1, 1)]
    [InlineData(9999, 12, 31)]
    public void Date_ShouldBePythons(int year, int month, int day)
    {
        var value = new DateOnly(year, month, day);
        AvroReader reader = Agree(Date, "date", value.ToString("yyyy-MM-dd"), (ref AvroWriter writer) => AvroLogical.WriteDate(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadDate(ref reader));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("23:59:59.999000")]
    [InlineData("12:34:56.789000")]
    public void TimeMillis_ShouldBePythons(string text)
    {
        TimeOnly value = TimeOnly.Parse(text);
        AvroReader reader = Agree(TimeMillis, "time", text, (ref AvroWriter writer) => AvroLogical.WriteTimeMillis(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadTimeMillis(ref reader));
    }

    [Theory]
    [InlineData("00:00:00.000001")]
    [InlineData("23:59:59.999999")]
    public void TimeMicros_ShouldBePythons(string text)
    {
        TimeOnly value = TimeOnly.Parse(text);
        AvroReader reader = Agree(TimeMicros, "time", text, (ref AvroWriter writer) => AvroLogical.WriteTimeMicros(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadTimeMicros(ref reader));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00+00:00")]
    [InlineData("2026-11-21T03:15:55.123000+00:00")]
    [InlineData("1969-12-31T23:59:59.999000+00:00")]
    public void TimestampMillis_ShouldBePythons(string text)
    {
        DateTimeOffset value = DateTimeOffset.Parse(text);
        AvroReader reader = Agree(TimestampMillis, "timestamp", text, (ref AvroWriter writer) => AvroLogical.WriteTimestampMillis(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadTimestampMillis(ref reader));
    }

    [Theory]
    [InlineData("2026-11-21T03:15:55.123456+00:00")]
    [InlineData("1969-12-31T23:59:59.999999+00:00")]
    public void TimestampMicros_ShouldBePythons(string text)
    {
        DateTimeOffset value = DateTimeOffset.Parse(text);
        AvroReader reader = Agree(TimestampMicros, "timestamp", text, (ref AvroWriter writer) => AvroLogical.WriteTimestampMicros(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadTimestampMicros(ref reader));
    }

    [Fact]
    public void Uuid_ShouldBePythons()
    {
        var value = new Guid("12345678-90ab-cdef-1234-567890abcdef");
        AvroReader reader = Agree(Uuid, "uuid", value.ToString("D"), (ref AvroWriter writer) => AvroLogical.WriteUuid(ref writer, value));
        Assert.Equal(value, AvroLogical.ReadUuid(ref reader));
    }

    [Theory]
    [InlineData("0.00")]
    [InlineData("0.01")]
    [InlineData("-0.01")]
    [InlineData("1.27")]
    [InlineData("1.28")]
    [InlineData("-1.28")]
    [InlineData("-1.29")]
    [InlineData("123456789.12")]
    [InlineData("9999999999999999.99")]
    [InlineData("-9999999999999999.99")]
    public void Decimal_ShouldBePythons_InBytes(string text)
    {
        decimal value = decimal.Parse(text);
        AvroReader reader = Agree(Money, "decimal", text, (ref AvroWriter writer) => AvroDecimals.Write(ref writer, value, 18, 2));
        Assert.Equal(text, AvroDecimals.Read(ref reader, 2).ToString());
    }

    [Theory]
    [InlineData("0.0000")]
    [InlineData("-1.5000")]
    [InlineData("999999999999999999999999.9999")]
    [InlineData("-999999999999999999999999.9999")]
    public void Decimal_ShouldBePythons_InFixed(string text)
    {
        decimal value = decimal.Parse(text);
        AvroReader reader = Agree(FixedMoney, "decimal", text, (ref AvroWriter writer) => AvroDecimals.Write(ref writer, value, 28, 4, 12));
        Assert.Equal(text, AvroDecimals.Read(ref reader, 4, 12).ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("-57896044618658097711785492504343953926634992332820282019728792003956564819968")]
    public void WideDecimal_ShouldBePythons(string text)
    {
        AvroDecimal value = System.Numerics.BigInteger.Parse(text);
        AvroReader reader = Agree(Wei, "decimal", text, (ref AvroWriter writer) => AvroDecimals.WriteWide(ref writer, value, 78, 0));
        Assert.Equal(text, AvroDecimals.ReadWide(ref reader, 0).ToString());
    }

    [Fact]
    public void LogicalTypes_ShouldBeReadable_InJson()
    {
        const string schema = """
            {"type":"record","name":"All","fields":[
              {"name":"date","type":{"type":"int","logicalType":"date"}},
              {"name":"timeMillis","type":{"type":"int","logicalType":"time-millis"}},
              {"name":"timeMicros","type":{"type":"long","logicalType":"time-micros"}},
              {"name":"millis","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"micros","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"localMillis","type":{"type":"long","logicalType":"local-timestamp-millis"}},
              {"name":"localMicros","type":{"type":"long","logicalType":"local-timestamp-micros"}},
              {"name":"beyond","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"money","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}},
              {"name":"id","type":{"type":"fixed","name":"Id","size":16,"logicalType":"uuid"}},
              {"name":"span","type":{"type":"fixed","name":"Span","size":12,"logicalType":"duration"}},
              {"name":"odd","type":{"type":"string","logicalType":"unheard-of"}},
              {"name":"small","type":"float"},
              {"name":"none","type":"double"},
              {"name":"some","type":["null","bytes"]}]}
            """;
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        AvroLogical.WriteDate(ref writer, new DateOnly(2026, 11, 21));
        AvroLogical.WriteTimeMillis(ref writer, new TimeOnly(1, 2, 3, 4));
        AvroLogical.WriteTimeMicros(ref writer, new TimeOnly(1, 2, 3, 4, 5));
        AvroLogical.WriteTimestampMillis(ref writer, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)));
        AvroLogical.WriteTimestampMicros(ref writer, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, 7, TimeSpan.Zero));
        AvroLogical.WriteLocalTimestampMillis(ref writer, new DateTime(2026, 1, 2, 3, 4, 5, 6));
        AvroLogical.WriteLocalTimestampMicros(ref writer, new DateTime(1960, 1, 2, 3, 4, 5, 6, 7));
        writer.WriteLong(long.MaxValue);
        AvroDecimals.Write(ref writer, -12.5m, 18, 2);
        AvroLogical.WriteUuidFixed(ref writer, new Guid("12345678-90ab-cdef-1234-567890abcdef"));
        AvroLogical.WriteDuration(ref writer, new AvroDuration(1, 2, 3004));
        writer.WriteString("text");
        writer.WriteFloat(0.1f);
        writer.WriteDouble(double.NaN);
        writer.WriteUnionIndex(1);
        writer.WriteBytes([1, 2, 3]);

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var reader = new AvroReader(output.WrittenSpan);
            AvroJson.Write(AvroSchema.Parse(schema), ref reader, json);
            reader.ExpectEnd();
        }

        JsonNode written = JsonNode.Parse(stream.ToArray())!;
        Assert.Equal(
            """
            {"date":"2026-11-21","timeMillis":"01:02:03.004","timeMicros":"01:02:03.004005","millis":"2026-01-02T02:04:05.006Z","micros":"2026-01-02T03:04:05.006007Z","localMillis":"2026-01-02T03:04:05.006","localMicros":"1960-01-02T03:04:05.006007","beyond":9223372036854775807,"money":"-12.50","id":"12345678-90ab-cdef-1234-567890abcdef","span":"P1M2DT3.004S","odd":"text","small":0.1,"none":"NaN","some":"AQID"}
            """,
            written.ToJsonString());
    }

    /// <summary>Both write the same bytes, Python reads what was written here, and the reader stands before what Python wrote.</summary>
    private AvroReader Agree(string schema, string tag, string text, Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        write(ref writer);
        (JsonNode? datum, string? readError) = python.Decode(schema, output.WrittenSpan);
        Assert.Null(readError);
        Assert.Equal(text, tag == "uuid" ? Plain(datum) : (string?)datum![tag]);
        (byte[]? bytes, string? writeError) = python.Encode(schema, tag == "uuid" ? text : new JsonObject { [tag] = text });
        Assert.Null(writeError);
        if (!IsNegativePowerOfTwo(text))
        {
            Assert.Equal(Convert.ToHexString(bytes!), Convert.ToHexString(output.WrittenSpan));
        }

        return new AvroReader(bytes);
    }

    /// <summary>For these Python writes a sign byte more than the number needs; both readers take both.</summary>
    private static bool IsNegativePowerOfTwo(string text) => text == "-1.28" || text.StartsWith("-578960446186580977", StringComparison.Ordinal);

    private static string? Plain(JsonNode? datum) => datum is JsonObject tagged ? (string?)tagged["uuid"] : (string?)datum;
}
