using System.Text.Json.Nodes;

namespace AuditIntel.Avro.Tests.Interop;

/// <summary>Random schemas and values of them. Unions hold only branches that Python's types tell apart.</summary>
internal sealed class RandomAvro(int seed)
{
    private const int DeepestType = 4;

    private static readonly string[] Texts = ["", "a", "text", "\u00e9\u4e2d", "\ud83d\ude00 emoji", "line\nline", new string('x', 63), new string('x', 64), new string('y', 400)];

    private readonly Random _random = new(seed);
    private readonly List<string> _records = [];
    private int _names;

    public string Schema() => Type(0, null).ToJsonString();

    public object? Value(AvroSchema schema, int depth = 0)
    {
        switch (schema)
        {
            case RecordSchema record:
                var value = new GenericRecord(record);
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    value[i] = Value(record.Fields[i].Schema, depth + 1);
                }

                return value;
            case UnionSchema union:
                // Deep down the first branch, null where there is one, ends what could go on for ever.
                return Value(union.Branches[depth > 8 ? 0 : _random.Next(union.Branches.Count)], depth + 1);
            case EnumSchema symbols:
                return new GenericEnum(symbols, symbols.Symbols[_random.Next(symbols.Symbols.Count)]);
            case FixedSchema sized:
                return new GenericFixed(sized, Bytes(sized.Size));
            case ArraySchema array:
                return Enumerable.Range(0, Count(depth)).Select(_ => Value(array.Items, depth + 1)).ToList();
            case MapSchema map:
                return Enumerable.Range(0, Count(depth)).ToDictionary(i => $"key{i}", _ => Value(map.Values, depth + 1));
        }

        return schema.Type switch
        {
            AvroType.Null => null,
            AvroType.Boolean => _random.Next(2) == 1,
            AvroType.Int => (int)(Integer() >> 32),
            AvroType.Long => Integer(),
            AvroType.Float => _random.Next(6) == 0 ? float.PositiveInfinity : (float)(_random.NextDouble() - 0.5) * 1e20f,
            AvroType.Double => _random.Next(6) == 0 ? double.NegativeInfinity : (_random.NextDouble() - 0.5) * 1e200,
            AvroType.Bytes => Bytes(_random.Next(40)),
            _ => Texts[_random.Next(Texts.Length)],
        };
    }

    private int Count(int depth) => depth > 6 ? 0 : _random.Next(4);

    private long Integer() => _random.Next(5) switch
    {
        0 => long.MinValue,
        1 => long.MaxValue,
        _ => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64),
    };

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private JsonNode Type(int depth, string? inside)
    {
        int kinds = depth >= DeepestType ? 8 : 15;
        switch (_random.Next(kinds))
        {
            case 0:
                return "null";
            case 1:
                return "boolean";
            case 2:
                return "int";
            case 3:
                return "long";
            case 4:
                return "float";
            case 5:
                return "double";
            case 6:
                return "bytes";
            case 7:
                return "string";
            case 8:
                return Enum();
            case 9:
                return Fixed();
            case 10:
                return new JsonObject { ["type"] = "array", ["items"] = Type(depth + 1, inside) };
            case 11:
                return new JsonObject { ["type"] = "map", ["values"] = Type(depth + 1, inside) };
            case 12:
                return Union(depth, inside);
            default:
                return Record(depth);
        }
    }

    private JsonObject Enum()
    {
        JsonNode[] symbols = [.. Enumerable.Range(0, 1 + _random.Next(5)).Select(i => (JsonNode)$"S{i}")];
        return new JsonObject { ["type"] = "enum", ["name"] = Name("E"), ["symbols"] = new JsonArray(symbols) };
    }

    private JsonObject Fixed() => new() { ["type"] = "fixed", ["name"] = Name("F"), ["size"] = 1 + _random.Next(20) };

    private JsonArray Union(int depth, string? inside)
    {
        List<JsonNode> branches = [];
        Add("null");

        // Python takes the last branch that fits, and an int fits a float.
        Add(Pick("float", "double"));
        Add(Pick("int", "long"));
        Add(_random.Next(3) == 0 ? Enum() : "string");
        Add(_random.Next(3) == 0 ? Fixed() : "bytes");
        Add(new JsonObject { ["type"] = "array", ["items"] = Type(depth + 1, inside) });
        Add(inside is not null && _random.Next(2) == 0 ? inside : _random.Next(2) == 0 ? Record(depth + 1) : new JsonObject { ["type"] = "map", ["values"] = Type(depth + 1, inside) });
        JsonArray union = [.. branches.Count == 0 ? ["null"] : branches];
        return union;

        void Add(JsonNode branch)
        {
            // A record that holds itself must be able to end: null comes first wherever it may recur.
            if (_random.Next(2) == 0 || (branches.Count == 0 && inside is not null))
            {
                branches.Add(branch);
            }
        }
    }

    private JsonObject Record(int depth)
    {
        string name = Name("R");
        _records.Add(name);
        JsonNode[] fields =
        [
            .. Enumerable.Range(0, _random.Next(6)).Select(i => (JsonNode)new JsonObject { ["name"] = $"f{i}", ["type"] = Type(depth + 1, name), ["doc"] = "A field." }),
        ];
        return new JsonObject { ["type"] = "record", ["name"] = name, ["namespace"] = "test.random", ["fields"] = new JsonArray(fields) };
    }

    private string Pick(string one, string other) => _random.Next(2) == 0 ? one : other;

    private string Name(string prefix) => $"{prefix}{_names++}";
}
