using System.Buffers;
using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Turns a field's JSON default into its binary encoding.</summary>
internal static class DefaultEncoder
{
    public static byte[] Encode(AvroSchema schema, SchemaJson value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        Write(ref writer, schema, value);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ref AvroWriter writer, AvroSchema schema, SchemaJson value)
    {
        switch (schema)
        {
            case UnionSchema union:
                int branch = DefaultValue.Branch(union, value);
                writer.WriteUnionIndex(branch);
                Write(ref writer, union.Branches[branch], value);
                break;
            case RecordSchema record:
                foreach (RecordField field in record.Fields)
                {
                    Write(ref writer, field.Schema, (value[field.Name] ?? field.Default)!);
                }

                break;
            case ArraySchema array:
                if (value.Items.Count > 0)
                {
                    writer.WriteLong(value.Items.Count);
                    foreach (SchemaJson item in value.Items)
                    {
                        Write(ref writer, array.Items, item);
                    }
                }

                writer.WriteLong(0);
                break;
            case MapSchema map:
                if (value.Members.Count > 0)
                {
                    writer.WriteLong(value.Members.Count);
                    foreach ((string key, SchemaJson item) in value.Members)
                    {
                        writer.WriteString(key);
                        Write(ref writer, map.Values, item);
                    }
                }

                writer.WriteLong(0);
                break;
            case EnumSchema symbols:
                writer.WriteInt(symbols.IndexOf(value.Text));
                break;
            case FixedSchema:
                writer.WriteFixed(Latin1(value.Text));
                break;
            default:
                WritePrimitive(ref writer, schema.Type, value);
                break;
        }
    }

    private static void WritePrimitive(ref AvroWriter writer, AvroType type, SchemaJson value)
    {
        switch (type)
        {
            case AvroType.Null:
                break;
            case AvroType.Boolean:
                writer.WriteBoolean(value.Kind == SchemaJsonKind.True);
                break;
            case AvroType.Int:
            case AvroType.Long:
                writer.WriteLong(long.Parse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                break;
            case AvroType.Float:
                writer.WriteFloat(float.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case AvroType.Double:
                writer.WriteDouble(double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case AvroType.Bytes:
                writer.WriteBytes(Latin1(value.Text));
                break;
            default:
                writer.WriteString(value.Text);
                break;
        }
    }

    /// <summary>Defaults of bytes and fixed write each byte as the character of that code.</summary>
    private static byte[] Latin1(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
