namespace AuditIntel.Avro.Tests.Resolution;

/// <summary>The table of "Schema Resolution" in the specification of Avro 1.11.</summary>
public sealed class SchemaResolverTests
{
    [Theory]
    [InlineData("int", "int", 7, "7")]
    [InlineData("int", "long", 7, "7")]
    [InlineData("int", "float", 7, "7")]
    [InlineData("int", "double", -7, "-7")]
    [InlineData("long", "long", 1L << 40, "1099511627776")]
    [InlineData("long", "float", 1L << 40, "1.0995116E+12")]
    [InlineData("long", "double", 1L << 40, "1099511627776")]
    [InlineData("float", "double", 0.5f, "0.5")]
    [InlineData("string", "bytes", "abc", "\"YWJj\"")]
    [InlineData("boolean", "boolean", true, "true")]
    public void Primitive_ShouldPromote(string writer, string reader, object value, string json) =>
        Assert.Equal(json, Resolving.Read($"\"{writer}\"", $"\"{reader}\"", _ => value));

    [Fact]
    public void Bytes_ShouldBeReadAsString() => Assert.Equal("\"abc\"", Resolving.Read("\"bytes\"", "\"string\"", _ => "abc"u8.ToArray()));

    [Fact]
    public void Bytes_ShouldBeRefusedAsString_WhenTheyAreNoUtf8() =>
        Assert.Contains("UTF-8", Assert.Throws<AvroDataException>(() => Resolving.Read("\"bytes\"", "\"string\"", _ => new byte[] { 0xC3, 0x28 })).Message);

    [Theory]
    [InlineData("\"long\"", "\"int\"")]
    [InlineData("\"double\"", "\"float\"")]
    [InlineData("\"float\"", "\"long\"")]
    [InlineData("\"string\"", "\"int\"")]
    [InlineData("\"null\"", "\"int\"")]
    [InlineData("\"int\"", """["null","string"]""")]
    [InlineData("""{"type":"array","items":"int"}""", """{"type":"map","values":"int"}""")]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", """{"type":"fixed","name":"F","size":3}""")]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", """{"type":"fixed","name":"G","size":2}""")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", """{"type":"enum","name":"G","symbols":["A"]}""")]
    [InlineData("""{"type":"record","name":"R","fields":[]}""", """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""")]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":"string"}]}""", """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", """{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}""")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", """{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}""")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", """{"type":"long","logicalType":"timestamp-micros"}""")]
    public void Pair_ShouldBeRefused_WhenNoValueCanBeRead(string writer, string reader)
    {
        Assert.False(SchemaCompatibility.CanRead(AvroSchema.Parse(reader), AvroSchema.Parse(writer)));
        Assert.Throws<AvroException>(() => SchemaResolver.Compile(AvroSchema.Parse(writer), AvroSchema.Parse(reader)));
        Assert.False(SchemaResolver.IsIdentity(AvroSchema.Parse(writer), AvroSchema.Parse(reader)));
    }

    [Fact]
    public void LogicalType_ShouldComeAndGo() => Assert.Equal(
        "\"1970-01-01T00:00:00.007Z\"",
        Resolving.Read("\"int\"", """{"type":"long","logicalType":"timestamp-millis"}""", _ => 7));

    [Fact]
    public void Record_ShouldBeReordered_SkipWhatTheReaderLacks_AndTakeDefaults() => Assert.Equal(
        """{"c":"text","fresh":["x"],"a":1,"inner":{"q":2.5,"z":-1}}""",
        Resolving.Read(
            """
            {"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"gone","type":{"type":"array","items":{"type":"map","values":"string"}}},
              {"name":"inner","type":{"type":"record","name":"I","fields":[{"name":"p","type":"string"},{"name":"q","type":"float"}]}},
              {"name":"c","type":"string"}]}
            """,
            """
            {"type":"record","name":"R","fields":[{"name":"c","type":"string"},{"name":"fresh","type":{"type":"array","items":"string"},"default":["x"]},
              {"name":"a","type":"long"},{"name":"inner","type":{"type":"record","name":"I","fields":[{"name":"q","type":"double"},{"name":"z","type":"int","default":-1}]}}]}
            """,
            schema => Resolving.Record(
                schema,
                1,
                new List<object?> { new Dictionary<string, object?> { ["k"] = "v" }, new Dictionary<string, object?>() },
                Resolving.Record(((RecordSchema)schema).Fields[2].Schema, "skip", 2.5f),
                "text")));

    [Fact]
    public void Record_ShouldBeReadInOnePass_WhenTheOrderIsTheWriters() => Assert.Equal(
        """{"new":null,"b":2,"d":4,"last":{}}""",
        Resolving.Read(
            """{"type":"record","name":"R","fields":[{"name":"a","type":"string"},{"name":"b","type":"int"},{"name":"c","type":"bytes"},{"name":"d","type":"int"},{"name":"e","type":"int"}]}""",
            """
            {"type":"record","name":"R","fields":[{"name":"new","type":["null","int"],"default":null},{"name":"b","type":"int"},{"name":"d","type":"int"},
              {"name":"last","type":{"type":"map","values":"int"},"default":{}}]}
            """,
            schema => Resolving.Record(schema, "a", 2, new byte[] { 1 }, 4, 5)));

    [Fact]
    public void Aliases_ShouldNameTheWritersTypesAndFields() => Assert.Equal(
        """{"now":"A"}""",
        Resolving.Read(
            """{"type":"record","name":"old.Was","fields":[{"name":"before","type":{"type":"enum","name":"old.E","symbols":["A"]}}]}""",
            """{"type":"record","name":"new.Is","aliases":["old.Was"],"fields":[{"name":"now","aliases":["x","before"],"type":{"type":"enum","name":"F","aliases":["old.E"],"symbols":["A"]}}]}""",
            schema => Resolving.Record(schema, new GenericEnum((EnumSchema)((RecordSchema)schema).Fields[0].Schema, "A"))));

    [Fact]
    public void Namespace_ShouldNotMatter_WhenTheNamesAreEqual() => Assert.Equal(
        "{}", Resolving.Read("""{"type":"record","name":"a.R","fields":[]}""", """{"type":"record","name":"b.R","fields":[]}""", schema => Resolving.Record(schema)));

    [Fact]
    public void Enum_ShouldTakeItsDefault_ForASymbolThatTheReaderLacks() => Assert.Equal(
        "[\"B\",\"OTHER\"]",
        Resolving.Read(
            """{"type":"array","items":{"type":"enum","name":"E","symbols":["A","B"]}}""",
            """{"type":"array","items":{"type":"enum","name":"E","symbols":["OTHER","B"],"default":"OTHER"}}""",
            schema => new List<object?> { Symbol(schema, "B"), Symbol(schema, "A") }));

    [Fact]
    public void Enum_ShouldRefuseOnlyTheSymbolsThatTheReaderLacks_WhenThereIsNoDefault()
    {
        const string writer = """{"type":"array","items":{"type":"enum","name":"E","symbols":["A","B"]}}""";
        const string reader = """{"type":"array","items":{"type":"enum","name":"E","symbols":["B"]}}""";
        Assert.Equal("[\"B\"]", Resolving.Read(writer, reader, schema => new List<object?> { Symbol(schema, "B") }));
        AvroDataException refusal = Assert.Throws<AvroDataException>(
            () => Resolving.Read(writer, reader, schema => new List<object?> { Symbol(schema, "B"), Symbol(schema, "A") }));
        Assert.Contains("symbol A", refusal.Message);
        Assert.Equal(2, refusal.Position);
    }

    [Theory]
    [InlineData("""["null","string"]""", "\"string\"", "x", "\"x\"")]
    [InlineData("\"string\"", """["null","string"]""", "x", "\"x\"")]
    [InlineData("""["int","string"]""", """["string","double"]""", 5, "5")]
    [InlineData("\"int\"", """["double","int"]""", 5, "5")]
    [InlineData("""["null","int"]""", """["null","int"]""", null, "null")]
    public void Union_ShouldResolveByBranch(string writer, string reader, object? value, string json) =>
        Assert.Equal(json, Resolving.Read(writer, reader, _ => value));

    [Fact]
    public void Union_ShouldRefuseOnlyTheBranchesThatTheReaderLacks() =>
        Assert.Contains("TYPE_MISMATCH", Assert.Throws<AvroDataException>(() => Resolving.Read("""["null","string"]""", "\"string\"", _ => null)).Message);

    [Fact]
    public void Union_ShouldPreferTheRecordOfTheSameFullName()
    {
        const string union = """[{"type":"record","name":"a.X","fields":[{"name":"v","type":"int"}]},{"type":"record","name":"b.X","fields":[{"name":"v","type":"int"}]}]""";
        AvroSchema writer = AvroSchema.Parse("""{"type":"record","name":"b.X","fields":[{"name":"v","type":"int"}]}""");
        Assert.Equal(1, SchemaMatch.Branch(writer, (UnionSchema)AvroSchema.Parse(union)));
    }

    [Fact]
    public void Recursion_ShouldResolve() => Assert.Equal(
        """{"next":{"next":null,"tag":"-","v":2},"tag":"-","v":1}""",
        Resolving.Read(
            """{"type":"record","name":"Node","fields":[{"name":"v","type":"int"},{"name":"next","type":["null","Node"]}]}""",
            """{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]},{"name":"tag","type":"string","default":"-"},{"name":"v","type":"long"}]}""",
            schema => Resolving.Record(schema, 1, Resolving.Record(schema, 2, null))));

    [Fact]
    public void Blocks_ShouldBeSkippedAndRead_WhenTheyStateTheirSize()
    {
        AvroSchema writer = AvroSchema.Parse("""{"type":"record","name":"R","fields":[{"name":"skip","type":{"type":"array","items":"int"}},{"name":"keep","type":{"type":"array","items":"int"}}]}""");
        AvroSchema reader = AvroSchema.Parse("""{"type":"record","name":"R","fields":[{"name":"keep","type":{"type":"array","items":"long"}}]}""");
        byte[] blocks = [0x03, 0x04, 0x02, 0x04, 0x02, 0x06, 0x00]; // -2 items in 2 bytes: 1, 2; then 1 item: 3
        Assert.Equal("""{"keep":[1,2,3]}""", Resolving.Read(writer, reader, [.. blocks, .. blocks]));
    }

    private static GenericEnum Symbol(AvroSchema array, string symbol) => new((EnumSchema)((ArraySchema)array).Items, symbol);
}
