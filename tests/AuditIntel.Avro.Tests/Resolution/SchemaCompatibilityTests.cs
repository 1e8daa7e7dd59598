using System.Diagnostics;
using System.Text;

namespace AuditIntel.Avro.Tests.Resolution;

public sealed class SchemaCompatibilityTests
{
    private const string V1 = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""";
    private const string WithDefault = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}""";
    private const string WithRequired = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]}""";
    private const string Wider = """{"type":"record","name":"R","fields":[{"name":"a","type":"long"}]}""";

    [Theory]
    [InlineData(SchemaCompatibilityLevel.None, WithRequired, true)]
    [InlineData(SchemaCompatibilityLevel.Backward, WithRequired, false)]
    [InlineData(SchemaCompatibilityLevel.Forward, WithRequired, true)]
    [InlineData(SchemaCompatibilityLevel.Full, WithRequired, false)]
    [InlineData(SchemaCompatibilityLevel.Full, WithDefault, true)]
    [InlineData(SchemaCompatibilityLevel.FullTransitive, WithDefault, true)]
    [InlineData(SchemaCompatibilityLevel.Backward, Wider, true)]
    [InlineData(SchemaCompatibilityLevel.Forward, Wider, false)]
    [InlineData(SchemaCompatibilityLevel.Full, Wider, false)]
    public void Level_ShouldDecide_AgainstTheLastVersion(SchemaCompatibilityLevel level, string next, bool compatible) =>
        Assert.Equal(compatible, SchemaCompatibility.Differences(level, AvroSchema.Parse(next), [AvroSchema.Parse(V1)]).Count == 0);

    [Theory]
    [InlineData(SchemaCompatibilityLevel.Backward, true)]
    [InlineData(SchemaCompatibilityLevel.BackwardTransitive, false)]
    [InlineData(SchemaCompatibilityLevel.Forward, true)]
    [InlineData(SchemaCompatibilityLevel.ForwardTransitive, true)]
    [InlineData(SchemaCompatibilityLevel.Full, true)]
    [InlineData(SchemaCompatibilityLevel.FullTransitive, false)]
    public void TransitiveLevels_ShouldLookAtEveryVersion(SchemaCompatibilityLevel level, bool compatible)
    {
        // b has a default in the second version only: the third reads the second, but not the first.
        AvroSchema[] earlier = [AvroSchema.Parse(V1), AvroSchema.Parse(WithDefault)];
        Assert.Equal(compatible, SchemaCompatibility.Differences(level, AvroSchema.Parse(WithRequired), earlier).Count == 0);
    }

    [Fact]
    public void Differences_ShouldNamePathAndReason()
    {
        AvroSchema writer = AvroSchema.Parse("""{"type":"record","name":"R","fields":[{"name":"list","type":{"type":"array","items":{"type":"record","name":"I","fields":[{"name":"x","type":["null","string"]}]}}}]}""");
        AvroSchema reader = AvroSchema.Parse("""{"type":"record","name":"R","fields":[{"name":"list","type":{"type":"array","items":{"type":"record","name":"I","fields":[{"name":"x","type":["null","int"]},{"name":"y","type":"int"}]}}}]}""");
        Assert.Equal(
            [
                "/list/items/x/1: the reader's union has no branch for the writer's string (MISSING_UNION_BRANCH).",
                "/list/items/y: the writer lacks this field and the reader has no default for it (READER_FIELD_MISSING_DEFAULT_VALUE).",
            ],
            SchemaCompatibility.Differences(reader, writer));
    }

    [Fact]
    public void Differences_ShouldNameMissingSymbols() => Assert.Equal(
        ["/: the reader lacks the symbols B, C and has no default (MISSING_ENUM_SYMBOLS)."],
        SchemaCompatibility.Differences(
            AvroSchema.Parse("""{"type":"enum","name":"E","symbols":["A"]}"""),
            AvroSchema.Parse("""{"type":"enum","name":"E","symbols":["A","B","C"]}""")));

    [Fact]
    public void RecursiveSchemas_ShouldBeCompared()
    {
        const string node = """{"type":"record","name":"Node","fields":[{"name":"v","type":"int"},{"name":"next","type":["null","Node"]}]}""";
        Assert.True(SchemaCompatibility.CanRead(AvroSchema.Parse(node.Replace("\"int\"", "\"long\"")), AvroSchema.Parse(node)));
        Assert.False(SchemaCompatibility.CanRead(AvroSchema.Parse(node), AvroSchema.Parse(node.Replace("\"int\"", "\"long\""))));
    }

    [Fact]
    public void TangledSchemas_ShouldBeComparedInGoodTime()
    {
        // Thirty records, each with two unions that hold the next: 2^30 paths, but few pairs.
        AvroSchema Tangle(string leaf)
        {
            var known = new Dictionary<string, NamedSchema>();
            AvroSchema.Parse($$"""{"type":"record","name":"R30","fields":[{"name":"x","type":"{{leaf}}"}]}""", known);
            for (int i = 29; i >= 0; i--)
            {
                var text = new StringBuilder().Append($$"""{"type":"record","name":"R{{i}}","fields":[""");
                text.Append($$"""{"name":"a","type":["null","R{{i + 1}}"]},{"name":"b","type":["null","R{{i + 1}}"]}]}""");
                AvroSchema.Parse(text.ToString(), known);
            }

            return known["R0"];
        }

        var watch = Stopwatch.StartNew();
        Assert.True(SchemaCompatibility.CanRead(Tangle("long"), Tangle("int")));
        Assert.False(SchemaCompatibility.CanRead(Tangle("int"), Tangle("long")));
        SchemaResolver.Compile(Tangle("int"), Tangle("long"));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
