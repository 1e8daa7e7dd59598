using System.Text;

namespace AuditIntel.Avro;

/// <summary>Writes a schema as JSON that stands alone.</summary>
internal static class SchemaText
{
    public static string Of(AvroSchema schema)
    {
        var text = new StringBuilder();
        Write(text, schema, "", new HashSet<string>());
        return text.ToString();
    }

    /// <param name="text">Where to write.</param>
    /// <param name="schema">What to write.</param>
    /// <param name="space">Namespace that encloses it.</param>
    /// <param name="defined">Full names that need no definition any more.</param>
    private static void Write(StringBuilder text, AvroSchema schema, string space, HashSet<string> defined)
    {
        switch (schema)
        {
            case NamedSchema named when !defined.Add(named.FullName):
                SchemaJson.WriteString(text, named.Namespace == space ? named.Name : named.FullName);
                break;
            case UnionSchema union:
                text.Append('[');
                for (int i = 0; i < union.Branches.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, union.Branches[i], space, defined);
                }

                text.Append(']');
                break;
            case PrimitiveSchema:
                text.Append(schema.Json);
                break;
            default:
                WriteObject(text, schema, space, defined);
                break;
        }
    }

    private static void WriteObject(StringBuilder text, AvroSchema schema, string space, HashSet<string> defined)
    {
        char before = '{';
        foreach (KeyValuePair<string, SchemaJson> member in schema.Json.Members)
        {
            if (schema is NamedSchema && member.Key == "namespace")
            {
                continue;
            }

            text.Append(before);
            before = ',';
            SchemaJson.WriteString(text, member.Key);
            text.Append(':');
            switch (member.Key, schema)
            {
                case ("name", NamedSchema named):
                    WriteName(text, named, space);
                    break;
                case ("fields", RecordSchema record):
                    WriteFields(text, record, defined);
                    break;
                case ("items", ArraySchema array):
                    Write(text, array.Items, space, defined);
                    break;
                case ("values", MapSchema map):
                    Write(text, map.Values, space, defined);
                    break;
                default:
                    text.Append(member.Value);
                    break;
            }
        }

        text.Append('}');
    }

    private static void WriteName(StringBuilder text, NamedSchema schema, string space)
    {
        SchemaJson.WriteString(text, schema.Name);
        if (schema.Namespace != space)
        {
            text.Append(",\"namespace\":");
            SchemaJson.WriteString(text, schema.Namespace);
        }
    }

    private static void WriteFields(StringBuilder text, RecordSchema record, HashSet<string> defined)
    {
        text.Append('[');
        for (int i = 0; i < record.Fields.Count; i++)
        {
            RecordField field = record.Fields[i];
            text.Append(i == 0 ? "" : ",");
            char before = '{';
            foreach (KeyValuePair<string, SchemaJson> member in field.Json.Members)
            {
                text.Append(before);
                before = ',';
                SchemaJson.WriteString(text, member.Key);
                text.Append(':');
                if (member.Key == "type")
                {
                    Write(text, field.Schema, record.Namespace, defined);
                }
                else
                {
                    text.Append(member.Value);
                }
            }

            text.Append('}');
        }

        text.Append(']');
    }
}
