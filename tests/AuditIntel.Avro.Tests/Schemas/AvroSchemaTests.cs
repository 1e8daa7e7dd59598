namespace AuditIntel.Avro.Tests.Schemas;

public sealed class AvroSchemaTests
{
    [Theory]
    [InlineData("{\"type\":\"record\",\n  \"name\":\"9R\",\"fields\":[]}", 1, "no name")]
    [InlineData("{\"type\":\"record\",\n  \"fields\":[]}", 1, "'name'")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\n \"fields\":{}}", 2, "'fields'")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},\n {\"name\":\"a\",\"type\":\"int\"}]}", 2, "two fields 'a'")]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":\"A\"}", 1, "'symbols'")]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\n\"A\"]}", 2, "twice")]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"],\n\"default\":\"B\"}", 2, "default")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}", 1, "'size'")]
    [InlineData("{\"type\":\"array\"}", 1, "'items'")]
    [InlineData("[\"int\",\n[\"null\"]]", 2, "union")]
    [InlineData("[\"int\",\n\"int\"]", 2, "only once")]
    [InlineData("[{\"type\":\"map\",\"values\":\"int\"},\n{\"type\":\"map\",\"values\":\"long\"}]", 2, "only once")]
    [InlineData("\"Unheard\"", 1, "'Unheard' is not defined")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"a.string\",\"size\":1}", 1, "primitive")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"aliases\":[\"x y\"],\"fields\":[]}", 1, "no name")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":2147483648}]}", 1, "default of field 'a'")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":[\"null\",\"int\"],\"default\":\"x\"}]}", 1, "default of field 'a'")]
    [InlineData("{\"type\":\"int\"} x", 1, "follow")]
    [InlineData("{\"type\":\"int\",\"type\":\"long\"}", 1, "twice")]
    public void BadSchema_ShouldBeRefusedWithItsLine(string text, int line, string part)
    {
        AvroSchemaException refusal = Assert.Throws<AvroSchemaException>(() => AvroSchema.Parse(text));
        Assert.Contains(part, refusal.Message);
        Assert.Equal(line, refusal.Line);
    }

    [Fact]
    public void DefaultThatHoldsItself_ShouldBeRefused() => Assert.Throws<AvroSchemaException>(
        () => AvroSchema.Parse("""{"type":"record","name":"R","fields":[{"name":"next","type":"R","default":{}}]}"""));

    [Fact]
    public void DeepJson_ShouldBeRefused() => Assert.Throws<AvroSchemaException>(() => AvroSchema.Parse(new string('[', 100_000)));

    [Fact]
    public void Names_ShouldTakeTheEnclosingNamespace_UnlessTheyHaveTheirOwn()
    {
        var record = (RecordSchema)AvroSchema.Parse("""
            {"type":"record","name":"R","namespace":"a.b","fields":[
              {"name":"x","type":{"type":"fixed","name":"X","size":1}},
              {"name":"y","type":{"type":"fixed","name":"c.Y","size":1}},
              {"name":"z","type":{"type":"record","name":"Z","namespace":"d","fields":[{"name":"again","type":"a.b.X"},{"name":"own","type":{"type":"fixed","name":"W","size":1}}]}},
              {"name":"none","type":{"type":"fixed","name":"N","namespace":"","size":1}},
              {"name":"short","type":"X"}]}
            """);
        Assert.Equal(["a.b.X", "c.Y", "d.Z", "N", "a.b.X"], record.Fields.Select(field => ((NamedSchema)field.Schema).FullName));
        Assert.Equal("d.W", ((NamedSchema)((RecordSchema)record.Fields[2].Schema).Fields[1].Schema).FullName);
        Assert.Same(record.Fields[0].Schema, record.Fields[4].Schema);
    }

    [Fact]
    public void UnknownAttributes_ShouldBeKept()
    {
        const string text = """{"type":"record","name":"R","namespace":"n","doc":"d","owner":{"team":[1,null,true]},"fields":[{"name":"a","type":{"type":"int","unit":"s"},"order":"ignore"}]}""";
        Assert.Equal(text, AvroSchema.Parse(text).ToString());
    }

    [Fact]
    public void NestedSchema_ShouldStandAlone_WhenWrittenAsText()
    {
        var record = (RecordSchema)AvroSchema.Parse("""
            {"type":"record","name":"R","namespace":"n","fields":[
              {"name":"a","type":{"type":"enum","name":"E","symbols":["A"]}},
              {"name":"b","type":{"type":"record","name":"I","fields":[{"name":"e","type":["null","E"]}]}}]}
            """);
        AvroSchema alone = AvroSchema.Parse(record.Fields[1].Schema.ToString());
        Assert.Equal(CanonicalForm.Of(record.Fields[1].Schema), CanonicalForm.Of(alone));
    }

    [Theory]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}""", LogicalType.Decimal)]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":2,"scale":4}""", LogicalType.None)]
    [InlineData("""{"type":"bytes","logicalType":"decimal"}""", LogicalType.None)]
    [InlineData("""{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4}""", LogicalType.Decimal)]
    [InlineData("""{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":5}""", LogicalType.None)]
    [InlineData("""{"type":"string","logicalType":"decimal","precision":4}""", LogicalType.None)]
    [InlineData("""{"type":"string","logicalType":"uuid"}""", LogicalType.Uuid)]
    [InlineData("""{"type":"int","logicalType":"date"}""", LogicalType.Date)]
    [InlineData("""{"type":"long","logicalType":"date"}""", LogicalType.None)]
    [InlineData("""{"type":"int","logicalType":"time-millis"}""", LogicalType.TimeMillis)]
    [InlineData("""{"type":"long","logicalType":"time-micros"}""", LogicalType.TimeMicros)]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", LogicalType.TimestampMillis)]
    [InlineData("""{"type":"long","logicalType":"timestamp-micros"}""", LogicalType.TimestampMicros)]
    [InlineData("""{"type":"long","logicalType":"local-timestamp-millis"}""", LogicalType.LocalTimestampMillis)]
    [InlineData("""{"type":"long","logicalType":"local-timestamp-micros"}""", LogicalType.LocalTimestampMicros)]
    [InlineData("""{"type":"fixed","name":"F","size":12,"logicalType":"duration"}""", LogicalType.Duration)]
    [InlineData("""{"type":"fixed","name":"F","size":11,"logicalType":"duration"}""", LogicalType.None)]
    [InlineData("""{"type":"long","logicalType":"unheard-of"}""", LogicalType.None)]
    public void LogicalType_ShouldBeTakenOrIgnored(string text, LogicalType expected) => Assert.Equal(expected, AvroSchema.Parse(text).Logical);

    [Fact]
    public void LogicalType_ShouldNotChangeAFixed_BesideAReferenceToIt()
    {
        var record = (RecordSchema)AvroSchema.Parse("""
            {"type":"record","name":"R","fields":[
              {"name":"a","type":{"type":"fixed","name":"F","size":12}},{"name":"b","type":{"type":"F","logicalType":"duration"}}]}
            """);
        Assert.Equal(LogicalType.None, record.Fields[0].Schema.Logical);
    }

    [Theory]
    [InlineData("\"null\"", "\"null\"", 7195948357588979594)]
    [InlineData("{\"type\":\"int\"}", "\"int\"", 8247732601305521295)]
    [InlineData("\"string\"", "\"string\"", -8142146995180207161)]
    [InlineData(
        "{\"fields\":[{\"type\":{\"type\":\"enum\",\"symbols\":[\"A\"],\"name\":\"E\",\"doc\":\"x\"},\"name\":\"e\",\"default\":\"A\"}],\"namespace\":\"x.y\",\"name\":\"\\u0052\",\"type\":\"record\"}",
        "{\"name\":\"x.y.R\",\"type\":\"record\",\"fields\":[{\"name\":\"e\",\"type\":{\"name\":\"x.y.E\",\"type\":\"enum\",\"symbols\":[\"A\"]}}]}",
        null)]
    public void CanonicalForm_ShouldBeTheSpecifications(string text, string form, long? fingerprint)
    {
        // The fingerprints are those of Avro's shared test set, schema-tests.txt.
        AvroSchema schema = AvroSchema.Parse(text);
        Assert.Equal(form, CanonicalForm.Of(schema));
        if (fingerprint is not null)
        {
            Assert.Equal((ulong)fingerprint.Value, SchemaFingerprint.Crc64(schema));
        }
    }

    [Fact]
    public void Crc64_ShouldBeItsSeed_ForNoBytes() => Assert.Equal(0xc15d213aa4d7a795, SchemaFingerprint.Crc64([]));
}
