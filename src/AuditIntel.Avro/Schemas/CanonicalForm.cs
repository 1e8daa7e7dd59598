using System.Globalization;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>The Parsing Canonical Form of Avro 1.11: two schemas with one form read data alike.</summary>
public static class CanonicalForm
{
    /// <summary>Rules PRIMITIVES, FULLNAMES, STRIP, ORDER, STRINGS, INTEGERS and WHITESPACE of the specification.</summary>
    public static string Of(AvroSchema schema)
    {
        var text = new StringBuilder();
        Write(text, schema, []);
        return text.ToString();
    }

    private static void Write(StringBuilder text, AvroSchema schema, HashSet<string> written)
    {
        switch (schema)
        {
            case NamedSchema named when !written.Add(named.FullName):
                SchemaJson.WriteString(text, named.FullName);
                break;
            case RecordSchema record:
                Head(text, record, "record").Append(",\"fields\":[");
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    text.Append(i == 0 ? "{\"name\":" : ",{\"name\":");
                    SchemaJson.WriteString(text, record.Fields[i].Name);
                    text.Append(",\"type\":");
                    Write(text, record.Fields[i].Schema, written);
                    text.Append('}');
                }

                text.Append("]}");
                break;
            case EnumSchema symbols:
                Head(text, symbols, "enum").Append(",\"symbols\":[");
                for (int i = 0; i < symbols.Symbols.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    SchemaJson.WriteString(text, symbols.Symbols[i]);
                }

                text.Append("]}");
                break;
            case FixedSchema sized:
                Head(text, sized, "fixed").Append(CultureInfo.InvariantCulture, $",\"size\":{sized.Size}}}");
                break;
            case ArraySchema array:
                text.Append("{\"type\":\"array\",\"items\":");
                Write(text, array.Items, written);
                text.Append('}');
                break;
            case MapSchema map:
                text.Append("{\"type\":\"map\",\"values\":");
                Write(text, map.Values, written);
                text.Append('}');
                break;
            case UnionSchema union:
                text.Append('[');
                for (int i = 0; i < union.Branches.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, union.Branches[i], written);
                }

                text.Append(']');
                break;
            default:
                SchemaJson.WriteString(text, PrimitiveName(schema.Type));
                break;
        }
    }

    /// <summary>The type's name in a schema.</summary>
    internal static string PrimitiveName(AvroType type) => type.ToString().ToLowerInvariant();

    private static StringBuilder Head(StringBuilder text, NamedSchema schema, string type)
    {
        text.Append("{\"name\":");
        SchemaJson.WriteString(text, schema.FullName);
        return text.Append(CultureInfo.InvariantCulture, $",\"type\":\"{type}\"");
    }
}
