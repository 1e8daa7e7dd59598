using System.Globalization;
using System.Numerics;

namespace AuditIntel.Avro.Generator;

/// <summary>C# expressions of field defaults.</summary>
internal static class DefaultSource
{
    private const int UnixEpochDay = 719_162;

    /// <summary>Whether the expression makes a new object each time, and so belongs into a static field.</summary>
    public static bool IsShared(AvroSchema schema, SchemaJson value) => schema switch
    {
        UnionSchema union => value.Kind != SchemaJsonKind.Null && IsShared(TypeSource.Optional(union), value),
        ArraySchema => value.Items.Count > 0,
        _ => schema is MapSchema or RecordSchema,
    };

    public static string Of(AvroSchema schema, SchemaJson value)
    {
        switch (schema)
        {
            case UnionSchema when value.Kind == SchemaJsonKind.Null:
                return "null";
            case UnionSchema union:
                return Of(TypeSource.Optional(union), value);
            case ArraySchema array:
                return "[" + string.Join(", ", value.Items.Select(item => Of(array.Items, item))) + "]";
            case MapSchema map:
                string pairs = string.Join(", ", value.Members.Select(member => $"[{CSharpNames.Literal(member.Key)}] = {Of(map.Values, member.Value)}"));
                return $"new global::System.Collections.Generic.Dictionary<string, {TypeSource.Of(map.Values)}> {{ {pairs} }}";
            case RecordSchema record:
                string fields = string.Join(", ", record.Fields.Select(
                    field => $"{CSharpNames.Property(record, field)} = {Of(field.Schema, (value[field.Name] ?? field.Default)!)}"));
                return $"new {CSharpNames.TypeOf(record)} {{ {fields} }}";
            case EnumSchema symbols:
                return CSharpNames.TypeOf(symbols) + "." + CSharpNames.Pascal(value.Text);
            default:
                return schema.Logical == LogicalType.None ? Plain(schema, value) : Logical(schema, value);
        }
    }

    private static string Plain(AvroSchema schema, SchemaJson value)
    {
        switch (schema.Type)
        {
            case AvroType.String:
                return CSharpNames.Literal(value.Text);
            case AvroType.Boolean:
                return value.Kind == SchemaJsonKind.True ? "true" : "false";
            case AvroType.Int:
                return value.Text;
            case AvroType.Long:
                return value.Text + "L";
            case AvroType.Float:
                return Real(value) + "F";
            case AvroType.Double:
                return Real(value) + "D";
            default:
                return value.Text.Length == 0 ? "[]" : $"new byte[] {{ {Bytes(value.Text)} }}";
        }
    }

    private static string Logical(AvroSchema schema, SchemaJson value)
    {
        long number = long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed) ? parsed : 0;
        string text = number.ToString(CultureInfo.InvariantCulture);
        switch (schema.Logical)
        {
            case LogicalType.TimestampMillis:
                return $"global::System.DateTimeOffset.FromUnixTimeMilliseconds({text}L)";
            case LogicalType.TimestampMicros:
                return $"global::System.DateTimeOffset.UnixEpoch.AddTicks({text}L * 10)";
            case LogicalType.LocalTimestampMillis:
                return $"new global::System.DateTime(global::System.DateTime.UnixEpoch.Ticks + ({text}L * 10_000))";
            case LogicalType.LocalTimestampMicros:
                return $"new global::System.DateTime(global::System.DateTime.UnixEpoch.Ticks + ({text}L * 10))";
            case LogicalType.Date:
                return $"global::System.DateOnly.FromDayNumber({CSharpNames.Number(UnixEpochDay)} + ({text}))";
            case LogicalType.TimeMillis:
                return $"new global::System.TimeOnly({text}L * 10_000)";
            case LogicalType.TimeMicros:
                return $"new global::System.TimeOnly({text}L * 10)";
            case LogicalType.Uuid when schema.Type == AvroType.String:
                return Guid.TryParseExact(value.Text, "D", out Guid id) ? $"new global::System.Guid(\"{id:D}\")" : throw new AvroSchemaException("The default is no UUID", value);
            case LogicalType.Uuid:
                return $"new global::System.Guid(new byte[] {{ {Bytes(value.Text)} }}, bigEndian: true)";
            case LogicalType.Duration:
                return $"new global::AuditIntel.Avro.AvroDuration({Unsigned(value.Text, 0)}, {Unsigned(value.Text, 4)}, {Unsigned(value.Text, 8)})";
            default:
                return Decimal(schema, value);
        }
    }

    private static string Decimal(AvroSchema schema, SchemaJson value)
    {
        // BigInteger takes the little end first.
        BigInteger unscaled = new(value.Text.Reverse().Select(c => (byte)c).ToArray());
        if (schema.Precision > TypeSource.DecimalDigits)
        {
            return $"new global::AuditIntel.Avro.AvroDecimal(global::System.Numerics.BigInteger.Parse(\"{unscaled}\", global::System.Globalization.CultureInfo.InvariantCulture), {CSharpNames.Number(schema.Scale)})";
        }

        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(schema.Scale + 1, '0');
        string point = schema.Scale == 0 ? digits : digits.Insert(digits.Length - schema.Scale, ".");
        return (unscaled.Sign < 0 ? "-" : "") + point + "m";
    }

    private static string Real(SchemaJson value)
    {
        double number = double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(number) ? throw new AvroSchemaException("The default is beyond its type", value) : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Bytes(string latin1) => string.Join(", ", latin1.Select(c => CSharpNames.Number(c)));

    private static string Unsigned(string latin1, int at) =>
        (latin1[at] | ((uint)latin1[at + 1] << 8) | ((uint)latin1[at + 2] << 16) | ((uint)latin1[at + 3] << 24)).ToString(CultureInfo.InvariantCulture);
}
