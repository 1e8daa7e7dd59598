using System.Buffers;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Avro.Tests.Interop;

/// <summary>Random records read with schemas that dropped, added, moved and widened fields, here and in Python.</summary>
public sealed class RandomResolutionTests(PythonPeer python) : IClassFixture<PythonPeer>
{
    private static readonly (string Type, string Default)[] Additions =
    [
        ("\"string\"", "\"fresh\""), ("\"int\"", "-7"), ("[\"null\",\"long\"]", "null"), ("\"boolean\"", "true"), ("\"double\"", "0.5"),
        ("{\"type\":\"array\",\"items\":\"int\"}", "[1,2]"), ("{\"type\":\"map\",\"values\":\"string\"}", "{\"k\":\"v\"}"), ("[\"string\",\"null\"]", "\"x\""),
        ("{\"type\":\"enum\",\"name\":\"Added\",\"symbols\":[\"A\",\"B\"]}", "\"B\""),
        ("{\"type\":\"record\",\"name\":\"AddedRecord\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}", "{\"n\":3}"),
    ];

    [Fact]
    public void EvolvedRecord_ShouldBeReadAsPythonReadsIt() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var random = new System.Random(seed);
        string writerText = Record(new RandomAvro(seed), random);
        string readerText = Evolve((JsonObject)JsonNode.Parse(writerText)!, random);
        AvroSchema writer = AvroSchema.Parse(writerText);
        AvroSchema reader = AvroSchema.Parse(readerText);
        byte[] bytes = Resolution.Resolving.Encode(writer, new RandomAvro(seed + 1).Value(writer));

        Assert.Empty(SchemaCompatibility.Differences(reader, writer));
        var output = new ArrayBufferWriter<byte>();
        var input = new AvroReader(bytes);
        var rewritten = new AvroWriter(output);
        SchemaResolver.Compile(writer, reader).Resolve(ref input, ref rewritten);
        input.ExpectEnd();
        var resolved = new AvroReader(output.WrittenSpan);
        object? value = GenericDatum.Read(reader, ref resolved);
        resolved.ExpectEnd();

        (JsonNode? datum, string? error) = python.Decode(writerText, bytes, readerText);
        Assert.Null(error);
        Assert.Equal(TaggedDatum.Of(value, sorted: true)!.ToJsonString(), datum!.ToJsonString());
    }).QuickCheckThrowOnFailure();

    /// <summary>A record of random fields, some of them plain numbers that can be widened.</summary>
    private static string Record(RandomAvro types, System.Random random)
    {
        var fields = new JsonArray();
        for (int i = 0; i < 2 + random.Next(6); i++)
        {
            JsonNode type = random.Next(2) == 0 ? "float" : JsonNode.Parse(types.Schema())!;
            fields.Add(new JsonObject { ["name"] = $"field{i}", ["type"] = type });
        }

        return new JsonObject { ["type"] = "record", ["name"] = "Evolving", ["fields"] = fields }.ToJsonString();
    }

    private static string Evolve(JsonObject record, System.Random random)
    {
        List<JsonNode> fields = [.. ((JsonArray)record["fields"]!).Select(field => field!.DeepClone())];
        foreach (JsonNode field in fields.Where(field => field["type"] is JsonValue && (string?)field["type"] == "float"))
        {
            field["type"] = random.Next(2) == 0 ? "double" : "float";
        }

        // A dropped field may define a type that a later one names; the generator's types are all defined where they are used.
        fields.RemoveAll(_ => random.Next(4) == 0);
        foreach ((string type, string value) in Additions.Where(_ => random.Next(4) == 0))
        {
            JsonNode added = new JsonObject { ["name"] = $"added{fields.Count}", ["type"] = JsonNode.Parse(type), ["default"] = JsonNode.Parse(value) };
            fields.Insert(random.Next(fields.Count + 1), added);
        }

        if (random.Next(2) == 0)
        {
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
        }

        for (int i = 0; i < fields.Count; i++)
        {
            JsonObject field = (JsonObject)fields[i];
            if (((string)field["name"]!).StartsWith("added", StringComparison.Ordinal))
            {
                field["name"] = $"added{i}";
            }
        }

        record["fields"] = new JsonArray([.. fields]);
        return record.ToJsonString();
    }
}
