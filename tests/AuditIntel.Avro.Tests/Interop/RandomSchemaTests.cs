using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Avro.Tests.Interop;

public sealed class RandomSchemaTests(PythonPeer python) : IClassFixture<PythonPeer>
{
    [Fact]
    public void RandomValue_ShouldBeReadByPython_WhenWrittenHere() => ForAll((text, schema, value) =>
    {
        (System.Text.Json.Nodes.JsonNode? datum, string? error) = python.Decode(text, Encode(schema, value));
        Assert.Null(error);
        Assert.Equal(Text(TaggedDatum.Of(value, sorted: true)), Text(datum));
    });

    [Fact]
    public void RandomValue_ShouldBeTheSameBytes_WhenWrittenByPython() => ForAll((text, schema, value) =>
    {
        (byte[]? bytes, string? error) = python.Encode(text, TaggedDatum.Of(value, sorted: false));
        Assert.Null(error);
        Assert.Equal(Convert.ToHexString(Encode(schema, value)), Convert.ToHexString(bytes!));
        var reader = new AvroReader(bytes);
        object? read = GenericDatum.Read(schema, ref reader);
        reader.ExpectEnd();
        Assert.Equal(Text(TaggedDatum.Of(value, sorted: false)), Text(TaggedDatum.Of(read, sorted: false)));
    });

    [Fact]
    public void RandomSchema_ShouldHavePythonsCanonicalForm() => ForAll((text, schema, _) =>
    {
        System.Text.Json.Nodes.JsonObject canonical = python.Canonical(text);
        Assert.Equal((string?)canonical["form"], CanonicalForm.Of(schema));
        Assert.Equal((string?)canonical["md5"], Convert.ToHexStringLower(SchemaFingerprint.Md5(schema)));
        Assert.Equal((string?)canonical["sha256"], Convert.ToHexStringLower(SchemaFingerprint.Sha256(schema)));
    });

    [Fact]
    public void RandomSchema_ShouldKeepItsFormAndItsBytes_WhenWrittenAsTextAndResolvedToItself() => ForAll((_, schema, value) =>
    {
        AvroSchema again = AvroSchema.Parse(schema.ToString());
        Assert.Equal(CanonicalForm.Of(schema), CanonicalForm.Of(again));
        Assert.True(SchemaCompatibility.CanRead(again, schema));
        byte[] bytes = Encode(schema, value);
        var output = new ArrayBufferWriter<byte>();
        var reader = new AvroReader(bytes);
        var writer = new AvroWriter(output);
        SchemaResolver.Compile(schema, again).Resolve(ref reader, ref writer);
        reader.ExpectEnd();
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    });

    [Fact]
    public void RandomValue_ShouldFailCleanly_WhenCutOff() => ForAll((_, schema, value) =>
    {
        byte[] bytes = Encode(schema, value);
        for (int length = 0; length < Math.Min(bytes.Length, 200); length++)
        {
            byte[] cut = bytes[..length];
            Assert.Throws<AvroDataException>(() =>
            {
                var reader = new AvroReader(cut);
                GenericDatum.Read(schema, ref reader);
            });
        }
    });

    [Fact]
    public void RandomBytes_ShouldBeReadOrRefused_NeverElse() => ForAll((_, schema, value) =>
    {
        byte[] bytes = Encode(schema, value);
        var random = new System.Random(bytes.Length);
        for (int round = 0; round < 20 && bytes.Length > 0; round++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                var reader = new AvroReader(damaged);
                GenericDatum.Read(schema, ref reader);
                var again = new AvroReader(damaged);
                new ResolutionSkip(schema).Run(ref again);
                Assert.Equal(reader.Position, again.Position);
            }
            catch (AvroDataException e)
            {
                Assert.InRange(e.Position, 0, damaged.Length);
            }
        }
    });

    private static void ForAll(Action<string, AvroSchema, object?> property) => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var random = new RandomAvro(seed);
        string text = random.Schema();
        AvroSchema schema = AvroSchema.Parse(text);
        property(text, schema, random.Value(schema));
    }).QuickCheckThrowOnFailure();

    private static byte[] Encode(AvroSchema schema, object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        GenericDatum.Write(schema, value, ref writer);
        return output.WrittenSpan.ToArray();
    }

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => node?.ToJsonString() ?? "null";
}
