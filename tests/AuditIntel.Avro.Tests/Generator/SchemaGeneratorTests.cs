using System.Buffers;
using System.Numerics;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AuditIntel.Avro.Tests.Generator;

public sealed class SchemaGeneratorTests
{
    private const string Everything = """
        {"type":"record","name":"everything","namespace":"test.ns","doc":"All types & <more>,\nin two lines.","fields":[
          {"name":"flag","type":"boolean","default":true},
          {"name":"int_number","type":"int","default":-3},
          {"name":"LONG_NUMBER","type":"long","default":9000000000},
          {"name":"class","type":"float","default":0.5},
          {"name":"reader","type":"double","default":1e3},
          {"name":"text","type":"string","default":"quo\"te \\ \n"},
          {"name":"data","type":"bytes","default":"\u0001\u00ff"},
          {"name":"hash","type":{"type":"fixed","name":"Hash","size":2},"default":"ab"},
          {"name":"severity","type":{"type":"enum","name":"Severity","symbols":["LOW","HIGH"]},"default":"HIGH"},
          {"name":"maybe","type":["null","string"],"default":null},
          {"name":"last_null","type":["string","null"],"default":"here"},
          {"name":"maybeSeverity","type":["null","Severity"],"default":null},
          {"name":"maybeWhen","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null},
          {"name":"tags","type":{"type":"array","items":"string"},"default":["a","b"]},
          {"name":"matrix","type":{"type":"array","items":{"type":"array","items":["null","int"]}},"default":[]},
          {"name":"blobs","type":{"type":"map","values":{"type":"array","items":"bytes"}},"default":{}},
          {"name":"inner","type":{"type":"record","name":"Inner","fields":[{"name":"x","type":"int"},{"name":"y","type":"int","default":5}]},"default":{"x":4}},
          {"name":"inners","type":{"type":"array","items":"Inner"},"default":[]},
          {"name":"self","type":["null","everything"],"default":null},
          {"name":"money","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2},"default":"\u0004\u00d2"},
          {"name":"wei","type":{"type":"bytes","logicalType":"decimal","precision":78,"scale":0},"default":"\u0001\u0000"},
          {"name":"fixedMoney","type":{"type":"fixed","name":"FM","size":9,"logicalType":"decimal","precision":20,"scale":4},"default":"\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"},
          {"name":"id","type":{"type":"string","logicalType":"uuid"},"default":"12345678-90ab-cdef-1234-567890abcdef"},
          {"name":"day","type":{"type":"int","logicalType":"date"},"default":1},
          {"name":"time","type":{"type":"int","logicalType":"time-millis"},"default":1000},
          {"name":"fineTime","type":{"type":"long","logicalType":"time-micros"},"default":1000},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"},"default":1000},
          {"name":"local","type":{"type":"long","logicalType":"local-timestamp-millis"},"default":1000},
          {"name":"span","type":{"type":"fixed","name":"Span","size":12,"logicalType":"duration"},"default":"\u0001\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u0003\u0000\u0000\u0000"},
          {"name":"equals","type":"int","default":0}]}
        """;

    [Fact]
    public void Defaults_ShouldBeTheSchemas_OfEveryType()
    {
        object made = Activator.CreateInstance(Compiled.Files(("e.avsc", Everything)).Type("Everything"))!;
        Assert.Equal(true, Get(made, "Flag"));
        Assert.Equal(-3, Get(made, "IntNumber"));
        Assert.Equal(9_000_000_000, Get(made, "LongNumber"));
        Assert.Equal(0.5f, Get(made, "Class"));
        Assert.Equal(1000.0, Get(made, "Reader"));
        Assert.Equal("quo\"te \\ \n", Get(made, "Text"));
        Assert.Equal(new byte[] { 1, 255 }, Get(made, "Data"));
        Assert.Equal("ab"u8.ToArray(), Get(made, "Hash"));
        Assert.Equal("High", Get(made, "Severity")!.ToString());
        Assert.Null(Get(made, "Maybe"));
        Assert.Equal("here", Get(made, "LastNull"));
        Assert.Equal(["a", "b"], (IReadOnlyList<string>)Get(made, "Tags")!);
        Assert.Equal(4, Get(Get(made, "Inner")!, "X"));
        Assert.Equal(5, Get(Get(made, "Inner")!, "Y"));
        Assert.Equal("12.34", Get(made, "Money")!.ToString());
        Assert.Equal(new AvroDecimal(256, 0), Get(made, "Wei"));
        Assert.Equal("-0.0001", Get(made, "FixedMoney")!.ToString());
        Assert.Equal(new Guid("12345678-90ab-cdef-1234-567890abcdef"), Get(made, "Id"));
        Assert.Equal(new DateOnly(1970, 1, 2), Get(made, "Day"));
        Assert.Equal(new TimeOnly(0, 0, 1), Get(made, "Time"));
        Assert.Equal(new TimeOnly(0, 0, 0, 1), Get(made, "FineTime"));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), Get(made, "At"));
        Assert.Equal(new DateTime(1970, 1, 1, 0, 0, 1), Get(made, "Local"));
        Assert.Equal(new AvroDuration(1, 2, 3), Get(made, "Span"));
        Assert.Equal(0, Get(made, "EqualsValue"));
    }

    [Fact]
    public void Record_ShouldRoundTripByValue_AndAgreeWithTheGenericCodec()
    {
        Type type = Compiled.Files(("e.avsc", Everything)).Type("Everything");
        object inner = Activator.CreateInstance(type)!;
        object made = Activator.CreateInstance(type)!;
        Set(made, "Self", inner);
        Set(made, "Maybe", "there");
        Set(made, "MaybeWhen", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Set(made, "MaybeSeverity", Get(made, "Severity"));
        Set(made, "Matrix", new List<IReadOnlyList<int?>> { new List<int?> { 1, null }, new List<int?>() });
        Set(made, "Blobs", new Dictionary<string, IReadOnlyList<byte[]>> { ["k"] = [[1, 2], []] });
        Set(made, "Wei", new AvroDecimal(BigInteger.Pow(2, 255), 0));

        byte[] bytes = (byte[])Invoke(nameof(Encode), type, made);
        object read = Invoke(nameof(Decode), type, bytes);
        Assert.Equal(made, read);
        Assert.Equal(made.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(made, inner);

        AvroSchema schema = (AvroSchema)type.GetProperty("AvroSchema")!.GetValue(null)!;
        var reader = new AvroReader(bytes);
        object? generic = GenericDatum.Read(schema, ref reader);
        reader.ExpectEnd();
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        GenericDatum.Write(schema, generic, ref writer);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void NestedRecord_ShouldCarryASchemaThatStandsAlone()
    {
        Type type = Compiled.Files(("e.avsc", Everything)).Type("Inner");
        string text = (string)type.GetField("SchemaText")!.GetRawConstantValue()!;
        Assert.Equal("test.ns.Inner", ((NamedSchema)AvroSchema.Parse(text)).FullName);
    }

    [Fact]
    public void FilesInAnyOrder_ShouldShareTypes()
    {
        Compiled compiled = Compiled.Files(
            ("a.avsc", """{"type":"record","name":"s.A","fields":[{"name":"b","type":"B"},{"name":"list","type":{"type":"array","items":"s.C"}}]}"""),
            ("b.avsc", """{"type":"record","name":"s.B","fields":[{"name":"c","type":["null","C"]}]}"""),
            ("c.avsc", """{"type":"enum","name":"C","namespace":"s","symbols":["X"]}"""));
        Type type = compiled.Type("A");
        AvroSchema alone = AvroSchema.Parse((string)type.GetField("SchemaText")!.GetRawConstantValue()!);
        Assert.Contains("\"symbols\":[\"X\"]", CanonicalForm.Of(alone));
        Assert.Equal("System.Nullable`1[Made.C]", compiled.Type("B").GetProperty("C")!.PropertyType.ToString());
    }

    [Fact]
    public void SameTypeInTwoFiles_ShouldBeGeneratedOnce_WhenDefinedAlike()
    {
        const string symbols = """{"type":"enum","name":"E","symbols":["A"]}""";
        Compiled compiled = Compiled.Files(
            ("a.avsc", $$"""{"type":"record","name":"A","fields":[{"name":"e","type":{{symbols}}}]}"""),
            ("b.avsc", $$"""{"type":"record","name":"B","fields":[{"name":"e","type":{{symbols}}}]}"""));
        Assert.Equal(3, compiled.Driver.GetRunResult().GeneratedTrees.Length);
        compiled.Type("A");
    }

    [Theory]
    [InlineData("AVRO001", "{\"type\":\"record\",\n \"name\":\"R\"}", 0)]
    [InlineData("AVRO001", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n {\"name\":\"a\",\n  \"type\":\"unheard\"}]}", 2)]
    [InlineData("AVRO001", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n {\"name\":\"a\",\"type\":[\"int\",\"string\"]}]}", 1)]
    [InlineData("AVRO001", "not json", 0)]
    [InlineData("AVRO001", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n\n {\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}]}", 2)]
    [InlineData("AVRO004", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"nativeId\",\"type\":\"int\"},{\"name\":\"native_id\",\"type\":\"int\"}]}", 0)]
    [InlineData("AVRO004", "[{\"type\":\"enum\",\"name\":\"a.E\",\"symbols\":[]},\n{\"type\":\"enum\",\"name\":\"b.E\",\"symbols\":[]}]", 1)]
    public void BadSchema_ShouldBeReportedWithFileAndLine(string id, string text, int line)
    {
        Diagnostic diagnostic = Assert.Single(Compiled.Files(("bad.avsc", text)).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        Assert.Equal("bad.avsc", place.Path);
        Assert.Equal(line, place.StartLinePosition.Line);
    }

    [Fact]
    public void DifferentDefinitions_ShouldBeReported() => Assert.Equal(
        "AVRO002",
        Assert.Single(Compiled.Files(
            ("a.avsc", """{"type":"enum","name":"E","symbols":["A"]}"""), ("b.avsc", """{"type":"enum","name":"E","symbols":["B"]}""")).Diagnostics).Id);

    [Fact]
    public void MissingNamespace_ShouldBeReported() =>
        Assert.Equal("AVRO003", Assert.Single(Compiled.Files(null, ("a.avsc", "\"int\"")).Diagnostics).Id);

    [Fact]
    public void Generator_ShouldDoNothing_WhenNothingChanged()
    {
        Compiled compiled = Compiled.Files(("e.avsc", Everything));
        GeneratorDriver again = compiled.Driver.RunGenerators(compiled.Input.Clone());
        Assert.All(
            again.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static object? Get(object made, string property) => made.GetType().GetProperty(property)!.GetValue(made);

    private static void Set(object made, string property, object? value) => made.GetType().GetProperty(property)!.SetValue(made, value);

    private static object Invoke(string method, Type type, object argument) =>
        typeof(SchemaGeneratorTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [argument])!;

    private static byte[] Encode<T>(T value)
        where T : IAvroRecord<T>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        value.Write(ref writer);
        return output.WrittenSpan.ToArray();
    }

    private static T Decode<T>(byte[] bytes)
        where T : IAvroRecord<T>
    {
        var reader = new AvroReader(bytes);
        T value = T.Read(ref reader);
        reader.ExpectEnd();
        return value;
    }
}
