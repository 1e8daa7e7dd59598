namespace AuditIntel.Avro;

/// <summary>
/// Values of any schema as objects. The types follow the encoding, not the logical types: null, bool, int, long, float, double, byte[], string,
/// <see cref="GenericRecord"/>, <see cref="GenericEnum"/>, <see cref="GenericFixed"/>, List&lt;object?&gt; and Dictionary&lt;string, object?&gt;.
/// A value so tells its union branch by itself. For people, <see cref="AvroJson"/> shows logical types.
/// </summary>
public static class GenericDatum
{
    /// <exception cref="AvroDataException">The bytes are no value of the schema.</exception>
    public static object? Read(AvroSchema schema, ref AvroReader reader)
    {
        switch (schema)
        {
            case RecordSchema record:
                reader.EnterRecord();
                var value = new GenericRecord(record);
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    value[i] = Read(record.Fields[i].Schema, ref reader);
                }

                reader.LeaveRecord();
                return value;
            case UnionSchema union:
                return Read(union.Branches[reader.ReadIndex(union.Branches.Count, "a union")], ref reader);
            case EnumSchema symbols:
                return new GenericEnum(symbols, symbols.Symbols[reader.ReadIndex(symbols.Symbols.Count, symbols.FullName)]);
            case FixedSchema sized:
                return new GenericFixed(sized, reader.ReadFixed(sized.Size).ToArray());
            case ArraySchema array:
                return ReadList(array.Items, ref reader);
            case MapSchema map:
                return ReadMap(map.Values, ref reader);
        }

        return schema.Type switch
        {
            AvroType.Null => null,
            AvroType.Boolean => reader.ReadBoolean(),
            AvroType.Int => reader.ReadInt(),
            AvroType.Long => reader.ReadLong(),
            AvroType.Float => reader.ReadFloat(),
            AvroType.Double => reader.ReadDouble(),
            AvroType.Bytes => reader.ReadBytes().ToArray(),
            _ => reader.ReadString(),
        };
    }

    /// <exception cref="AvroException">The value is none of the schema.</exception>
    public static void Write(AvroSchema schema, object? value, ref AvroWriter writer)
    {
        switch (schema, value)
        {
            case (UnionSchema union, _):
                int branch = Branch(union, value);
                writer.WriteUnionIndex(branch);
                Write(union.Branches[branch], value, ref writer);
                break;
            case (RecordSchema record, GenericRecord fields) when Fits(record, fields):
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    Write(record.Fields[i].Schema, fields[i], ref writer);
                }

                break;
            case (EnumSchema symbols, GenericEnum symbol) when Fits(symbols, symbol):
                writer.WriteIndex(symbols.IndexOf(symbol.Symbol), symbols.Symbols.Count, symbols.FullName);
                break;
            case (FixedSchema sized, GenericFixed bytes) when Fits(sized, bytes):
                writer.WriteFixed(bytes.Bytes, sized.Size);
                break;
            case (ArraySchema array, IReadOnlyList<object?> items):
                WriteList(array.Items, items, ref writer);
                break;
            case (MapSchema map, IReadOnlyDictionary<string, object?> pairs):
                WriteMap(map.Values, pairs, ref writer);
                break;
            default:
                WritePrimitive(schema, value, ref writer);
                break;
        }
    }

    private static List<object?> ReadList(AvroSchema items, ref AvroReader reader)
    {
        var list = new List<object?>();
        int smallest = SmallestSize.Of(items);
        int count;
        while ((count = reader.ReadBlockCount(smallest)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                list.Add(Read(items, ref reader));
            }
        }

        return list;
    }

    private static Dictionary<string, object?> ReadMap(AvroSchema values, ref AvroReader reader)
    {
        var map = new Dictionary<string, object?>();
        int smallest = SmallestSize.Of(values) + 1;
        int count;
        while ((count = reader.ReadBlockCount(smallest)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                string key = reader.ReadString();
                map[key] = Read(values, ref reader);
            }
        }

        return map;
    }

    private static void WriteList(AvroSchema schema, IReadOnlyList<object?> items, ref AvroWriter writer)
    {
        if (items.Count > 0)
        {
            writer.WriteLong(items.Count);
            foreach (object? item in items)
            {
                Write(schema, item, ref writer);
            }
        }

        writer.WriteLong(0);
    }

    private static void WriteMap(AvroSchema schema, IReadOnlyDictionary<string, object?> pairs, ref AvroWriter writer)
    {
        if (pairs.Count > 0)
        {
            writer.WriteLong(pairs.Count);
            foreach ((string key, object? item) in pairs)
            {
                writer.WriteString(key);
                Write(schema, item, ref writer);
            }
        }

        writer.WriteLong(0);
    }

    private static void WritePrimitive(AvroSchema schema, object? value, ref AvroWriter writer)
    {
        switch (schema.Type, value)
        {
            case (AvroType.Null, null):
                break;
            case (AvroType.Boolean, bool flag):
                writer.WriteBoolean(flag);
                break;
            case (AvroType.Int, int number):
                writer.WriteInt(number);
                break;
            case (AvroType.Long, long number):
                writer.WriteLong(number);
                break;
            case (AvroType.Float, float number):
                writer.WriteFloat(number);
                break;
            case (AvroType.Double, double number):
                writer.WriteDouble(number);
                break;
            case (AvroType.Bytes, byte[] bytes):
                writer.WriteBytes(bytes);
                break;
            case (AvroType.String, string text):
                writer.WriteString(text);
                break;
            default:
                throw new AvroException($"A value of type {value?.GetType().Name ?? "null"} is none of the schema {schema}.");
        }
    }

    private static int Branch(UnionSchema union, object? value)
    {
        for (int i = 0; i < union.Branches.Count; i++)
        {
            if (Fits(union.Branches[i], value))
            {
                return i;
            }
        }

        throw new AvroException($"A value of type {value?.GetType().Name ?? "null"} fits no branch of the union {union}.");
    }

    private static bool Fits(AvroSchema schema, object? value) => (schema.Type, value) switch
    {
        (AvroType.Null, null) or (AvroType.Boolean, bool) or (AvroType.Int, int) or (AvroType.Long, long) or (AvroType.Float, float)
            or (AvroType.Double, double) or (AvroType.Bytes, byte[]) or (AvroType.String, string)
            or (AvroType.Array, IReadOnlyList<object?>) or (AvroType.Map, IReadOnlyDictionary<string, object?>) => true,
        (AvroType.Record, GenericRecord record) => record.Schema.FullName == ((NamedSchema)schema).FullName,
        (AvroType.Enum, GenericEnum symbol) => symbol.Schema.FullName == ((NamedSchema)schema).FullName,
        (AvroType.Fixed, GenericFixed bytes) => bytes.Schema.FullName == ((NamedSchema)schema).FullName,
        _ => false,
    };
}
