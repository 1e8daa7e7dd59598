using System.Globalization;
using System.Text.Json;

namespace AuditIntel.Avro;

/// <summary>
/// Any value as JSON for people: logical types in human form, unions without their branch, bytes as base64. A date or time outside the years 1
/// to 9999 is shown as its plain number, so that one odd field does not hide the rest.
/// </summary>
public static class AvroJson
{
    /// <summary>Reads one value and writes it.</summary>
    /// <exception cref="AvroDataException">The bytes are no value of the schema.</exception>
    public static void Write(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json)
    {
        switch (schema)
        {
            case RecordSchema record:
                reader.EnterRecord();
                json.WriteStartObject();
                foreach (RecordField field in record.Fields)
                {
                    json.WritePropertyName(field.Name);
                    Write(field.Schema, ref reader, json);
                }

                json.WriteEndObject();
                reader.LeaveRecord();
                break;
            case UnionSchema union:
                Write(union.Branches[reader.ReadIndex(union.Branches.Count, "a union")], ref reader, json);
                break;
            case ArraySchema array:
                json.WriteStartArray();
                WriteBlocks(array.Items, keyed: false, ref reader, json);
                json.WriteEndArray();
                break;
            case MapSchema map:
                json.WriteStartObject();
                WriteBlocks(map.Values, keyed: true, ref reader, json);
                json.WriteEndObject();
                break;
            case EnumSchema symbols:
                json.WriteStringValue(symbols.Symbols[reader.ReadIndex(symbols.Symbols.Count, symbols.FullName)]);
                break;
            case FixedSchema sized:
                WriteFixed(sized, ref reader, json);
                break;
            default:
                WritePrimitive(schema, ref reader, json);
                break;
        }
    }

    private static void WriteBlocks(AvroSchema items, bool keyed, ref AvroReader reader, Utf8JsonWriter json)
    {
        int smallest = SmallestSize.Of(items) + (keyed ? 1 : 0);
        int count;
        while ((count = reader.ReadBlockCount(smallest)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                if (keyed)
                {
                    json.WritePropertyName(reader.ReadString());
                }

                Write(items, ref reader, json);
            }
        }
    }

    private static void WriteFixed(FixedSchema schema, ref AvroReader reader, Utf8JsonWriter json)
    {
        switch (schema.Logical)
        {
            case LogicalType.Decimal:
                json.WriteStringValue(AvroDecimals.ReadWide(ref reader, schema.Scale, schema.Size).ToString());
                break;
            case LogicalType.Uuid:
                json.WriteStringValue(AvroLogical.ReadUuidFixed(ref reader));
                break;
            case LogicalType.Duration:
                json.WriteStringValue(AvroLogical.ReadDuration(ref reader).ToString());
                break;
            default:
                json.WriteBase64StringValue(reader.ReadFixed(schema.Size));
                break;
        }
    }

    private static void WritePrimitive(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json)
    {
        switch (schema.Type)
        {
            case AvroType.Null:
                json.WriteNullValue();
                break;
            case AvroType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case AvroType.Int:
                WriteInteger(schema.Logical, reader.ReadInt(), json);
                break;
            case AvroType.Long:
                WriteInteger(schema.Logical, reader.ReadLong(), json);
                break;
            case AvroType.Float:
                WriteFloat(json, reader.ReadFloat());
                break;
            case AvroType.Double:
                WriteDouble(json, reader.ReadDouble());
                break;
            case AvroType.Bytes when schema.Logical == LogicalType.Decimal:
                json.WriteStringValue(AvroDecimals.ReadWide(ref reader, schema.Scale).ToString());
                break;
            case AvroType.Bytes:
                json.WriteBase64StringValue(reader.ReadBytes());
                break;
            default:
                json.WriteStringValue(reader.ReadString());
                break;
        }
    }

    private static void WriteInteger(LogicalType logical, long value, Utf8JsonWriter json)
    {
        if (TemporalText.Of(logical, value) is { } text)
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteNumberValue(value);
        }
    }

    /// <summary>JSON has no infinities and no NaN: they are written as strings.</summary>
    private static void WriteFloat(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
