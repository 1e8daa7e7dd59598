using System.Text.Json;

namespace AuditIntel.Avro;

/// <summary>Any value as JSON for people: logical types in human form, unions without their branch, bytes as base64.</summary>
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
            case FixedSchema { Logical: LogicalType.Decimal } sized:
                json.WriteStringValue(DecimalText.Of(AvroLogical.ReadInteger(ref reader, sized.Precision, sized.Size), sized.Scale));
                break;
            case FixedSchema sized:
                json.WriteBase64StringValue(reader.ReadFixed(sized.Size));
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

    private static void WritePrimitive(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json)
    {
        switch (schema.Logical)
        {
            case LogicalType.TimestampMillis:
                json.WriteStringValue(AvroLogical.ReadTimestampMillis(ref reader));
                return;
            case LogicalType.TimestampMicros:
                json.WriteStringValue(AvroLogical.ReadTimestampMicros(ref reader));
                return;
            case LogicalType.Date:
                json.WriteStringValue(AvroLogical.ReadDate(ref reader).ToString("yyyy-MM-dd", null));
                return;
            case LogicalType.TimeMillis:
                json.WriteStringValue(AvroLogical.ReadTimeMillis(ref reader).ToString("HH:mm:ss.fff", null));
                return;
            case LogicalType.TimeMicros:
                json.WriteStringValue(AvroLogical.ReadTimeMicros(ref reader).ToString("HH:mm:ss.ffffff", null));
                return;
            case LogicalType.Decimal:
                json.WriteStringValue(DecimalText.Of(AvroLogical.ReadInteger(ref reader, schema.Precision), schema.Scale));
                return;
        }

        switch (schema.Type)
        {
            case AvroType.Null:
                json.WriteNullValue();
                break;
            case AvroType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case AvroType.Int:
                json.WriteNumberValue(reader.ReadInt());
                break;
            case AvroType.Long:
                json.WriteNumberValue(reader.ReadLong());
                break;
            case AvroType.Float:
                WriteNumber(json, reader.ReadFloat());
                break;
            case AvroType.Double:
                WriteNumber(json, reader.ReadDouble());
                break;
            case AvroType.Bytes:
                json.WriteBase64StringValue(reader.ReadBytes());
                break;
            default:
                json.WriteStringValue(reader.ReadString());
                break;
        }
    }

    /// <summary>JSON has no infinities and no NaN: they are written as strings.</summary>
    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
