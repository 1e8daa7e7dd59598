using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Defaults of fields, as JSON (table "field default values" of the specification).</summary>
internal static class DefaultValue
{
    /// <summary>Defaults nested deeper are refused: a record whose default holds itself would never end.</summary>
    private const int DeepestNesting = 16;

    /// <summary>Values looked at for one default: records that hold each other twice would double the work with every level.</summary>
    private const int MostValues = 1 << 16;

    /// <summary>Whether the JSON value is one of the schema. A union's default may belong to any branch, as since Avro 1.12.</summary>
    public static bool Fits(AvroSchema schema, SchemaJson value)
    {
        int budget = MostValues;
        return Fits(schema, value, 0, ref budget);
    }

    private static bool Fits(AvroSchema schema, SchemaJson value, int depth, ref int budget)
    {
        if (depth > DeepestNesting || --budget < 0)
        {
            throw new AvroSchemaException($"A default is nested deeper than {DeepestNesting} levels or holds more than {MostValues} values", value);
        }

        switch (schema)
        {
            case UnionSchema union:
                return Branch(union, value, depth, ref budget) >= 0;
            case RecordSchema record:
                if (value.Kind != SchemaJsonKind.Object)
                {
                    return false;
                }

                foreach (RecordField field in record.Fields)
                {
                    SchemaJson? member = value[field.Name] ?? field.Default;
                    if (member is null || !Fits(field.Schema, member, depth + 1, ref budget))
                    {
                        return false;
                    }
                }

                return true;
            case ArraySchema array:
                if (value.Kind != SchemaJsonKind.Array)
                {
                    return false;
                }

                foreach (SchemaJson item in value.Items)
                {
                    if (!Fits(array.Items, item, depth + 1, ref budget))
                    {
                        return false;
                    }
                }

                return true;
            case MapSchema map:
                if (value.Kind != SchemaJsonKind.Object)
                {
                    return false;
                }

                foreach (System.Collections.Generic.KeyValuePair<string, SchemaJson> member in value.Members)
                {
                    if (!Fits(map.Values, member.Value, depth + 1, ref budget))
                    {
                        return false;
                    }
                }

                return true;
            case EnumSchema symbols:
                return value.Kind == SchemaJsonKind.String && symbols.IndexOf(value.Text) >= 0;
            case FixedSchema sized:
                return value.Kind == SchemaJsonKind.String && value.Text.Length == sized.Size && IsLatin1(value.Text);
            default:
                return FitsPrimitive(schema.Type, value);
        }
    }

    /// <summary>Index of the first branch that the value fits, or -1.</summary>
    public static int Branch(UnionSchema union, SchemaJson value)
    {
        int budget = MostValues;
        return Branch(union, value, 0, ref budget);
    }

    private static int Branch(UnionSchema union, SchemaJson value, int depth, ref int budget)
    {
        for (int i = 0; i < union.Branches.Count; i++)
        {
            if (Fits(union.Branches[i], value, depth, ref budget))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool FitsPrimitive(AvroType type, SchemaJson value)
    {
        switch (type)
        {
            case AvroType.Null:
                return value.Kind == SchemaJsonKind.Null;
            case AvroType.Boolean:
                return value.Kind is SchemaJsonKind.True or SchemaJsonKind.False;
            case AvroType.Int:
                return value.Kind == SchemaJsonKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
            case AvroType.Long:
                return value.Kind == SchemaJsonKind.Number && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
            case AvroType.Float:
            case AvroType.Double:
                return value.Kind == SchemaJsonKind.Number;
            case AvroType.Bytes:
                return value.Kind == SchemaJsonKind.String && IsLatin1(value.Text);
            default:
                return value.Kind == SchemaJsonKind.String;
        }
    }

    private static bool IsLatin1(string text)
    {
        foreach (char c in text)
        {
            if (c > 0xFF)
            {
                return false;
            }
        }

        return true;
    }
}
