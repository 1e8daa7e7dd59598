using System.Globalization;
using System.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>C# types, reading and writing code of one schema.</summary>
internal static class ValueSource
{
    private const string Logical = "global::AuditIntel.Avro.AvroLogical";

    /// <summary>Most digits that System.Decimal always holds.</summary>
    private const int DecimalDigits = 28;

    public static string TypeOf(AvroSchema schema)
    {
        switch (schema)
        {
            case UnionSchema union:
                return TypeOf(Optional(union)) + "?";
            case ArraySchema array:
                return $"global::System.Collections.Generic.IReadOnlyList<{TypeOf(array.Items)}>";
            case MapSchema map:
                return $"global::System.Collections.Generic.IReadOnlyDictionary<string, {TypeOf(map.Values)}>";
        }

        switch (schema.Logical)
        {
            case LogicalType.TimestampMillis:
            case LogicalType.TimestampMicros:
                return "global::System.DateTimeOffset";
            case LogicalType.Date:
                return "global::System.DateOnly";
            case LogicalType.TimeMillis:
            case LogicalType.TimeMicros:
                return "global::System.TimeOnly";
            case LogicalType.Uuid when schema.Type == AvroType.String:
                return "global::System.Guid";
            case LogicalType.Decimal:
                return schema.Precision <= DecimalDigits ? "decimal" : "global::System.Numerics.BigInteger";
        }

        switch (schema.Type)
        {
            case AvroType.Boolean:
                return "bool";
            case AvroType.Int:
                return "int";
            case AvroType.Long:
                return "long";
            case AvroType.Float:
                return "float";
            case AvroType.Double:
                return "double";
            case AvroType.String:
                return "string";
            case AvroType.Bytes:
            case AvroType.Fixed:
                return "byte[]";
            case AvroType.Record:
            case AvroType.Enum:
                return ((NamedSchema)schema).Name;
            default:
                throw new AvroSchemaException("A field of type null holds nothing: leave it out, or make it a union", schema.Json);
        }
    }

    /// <summary>The branch beside null; other unions have no C# type of their own.</summary>
    public static AvroSchema Optional(UnionSchema union)
    {
        if (union.Branches.Count == 2 && union.Branches[0].Type == AvroType.Null != (union.Branches[1].Type == AvroType.Null))
        {
            return union.Branches[0].Type == AvroType.Null ? union.Branches[1] : union.Branches[0];
        }

        throw new AvroSchemaException("Records are generated only for unions of null and one other type", union.Json);
    }

    public static bool IsValueType(AvroSchema schema) => TypeOf(schema) is not ("string" or "byte[]") && schema is not (RecordSchema or ArraySchema or MapSchema or UnionSchema);

    public static bool IsCollection(AvroSchema schema) =>
        schema is ArraySchema or MapSchema || TypeOf(schema) == "byte[]" || (schema is UnionSchema union && IsCollection(Optional(union)));

    /// <summary>An expression for the default, or null when only a required property will do.</summary>
    public static string? Default(AvroSchema schema, SchemaJson? value)
    {
        if (value is null)
        {
            return null;
        }

        switch (schema)
        {
            case UnionSchema when value.Kind == SchemaJsonKind.Null:
                return "null";
            case UnionSchema union:
                return Default(Optional(union), value);
            case ArraySchema when value.Items.Count == 0:
                return "[]";
            case EnumSchema symbols:
                return symbols.Name + "." + CSharpNames.Pascal(value.Text);
        }

        if (schema.Logical != LogicalType.None)
        {
            return null;
        }

        switch (schema.Type)
        {
            case AvroType.String:
                return CSharpNames.Literal(value.Text);
            case AvroType.Boolean:
                return value.Kind == SchemaJsonKind.True ? "true" : "false";
            case AvroType.Int:
            case AvroType.Double:
                return value.Text;
            case AvroType.Long:
                return value.Text + "L";
            case AvroType.Float:
                return value.Text + "F";
            default:
                return null;
        }
    }

    /// <summary>Statements that write <paramref name="value"/>.</summary>
    public static void Write(StringBuilder output, string indent, AvroSchema schema, string value, int depth)
    {
        switch (schema)
        {
            case UnionSchema union:
                int nullIndex = union.Branches[0].Type == AvroType.Null ? 0 : 1;
                string some = "v" + depth.ToString(CultureInfo.InvariantCulture);
                output.Append(indent).Append("if (").Append(value).Append(" is { } ").Append(some).AppendLine(")").Append(indent).AppendLine("{");
                output.Append(indent).Append("    writer.WriteUnionIndex(").Append(1 - nullIndex).AppendLine(");");
                Write(output, indent + "    ", Optional(union), some, depth + 1);
                output.Append(indent).AppendLine("}").Append(indent).AppendLine("else").Append(indent).AppendLine("{");
                output.Append(indent).Append("    writer.WriteUnionIndex(").Append(nullIndex).AppendLine(");").Append(indent).AppendLine("}");
                break;
            case ArraySchema array:
                string index = "i" + depth.ToString(CultureInfo.InvariantCulture);
                output.Append(indent).Append("if (").Append(value).AppendLine(".Count > 0)").Append(indent).AppendLine("{");
                output.Append(indent).Append("    writer.WriteLong(").Append(value).AppendLine(".Count);");
                output.Append(indent).AppendLine($"    for (int {index} = 0; {index} < {value}.Count; {index}++)").Append(indent).AppendLine("    {");
                Write(output, indent + "        ", array.Items, $"{value}[{index}]", depth + 1);
                output.Append(indent).AppendLine("    }").Append(indent).AppendLine("}").AppendLine();
                output.Append(indent).AppendLine("writer.WriteLong(0);");
                break;
            case MapSchema map:
                string pair = "p" + depth.ToString(CultureInfo.InvariantCulture);
                output.Append(indent).Append("if (").Append(value).AppendLine(".Count > 0)").Append(indent).AppendLine("{");
                output.Append(indent).Append("    writer.WriteLong(").Append(value).AppendLine(".Count);");
                output.Append(indent).AppendLine($"    foreach (var {pair} in {value})").Append(indent).AppendLine("    {");
                output.Append(indent).AppendLine($"        writer.WriteString({pair}.Key);");
                Write(output, indent + "        ", map.Values, pair + ".Value", depth + 1);
                output.Append(indent).AppendLine("    }").Append(indent).AppendLine("}").AppendLine();
                output.Append(indent).AppendLine("writer.WriteLong(0);");
                break;
            case RecordSchema:
                output.Append(indent).Append(value).AppendLine(".Write(ref writer);");
                break;
            case EnumSchema:
                output.Append(indent).Append("writer.WriteInt((int)").Append(value).AppendLine(");");
                break;
            default:
                output.Append(indent).Append(WriteScalar(schema, value)).AppendLine(";");
                break;
        }
    }

    /// <summary>An expression that reads a value; collections call the private reader of their field.</summary>
    public static string Read(AvroSchema schema)
    {
        switch (schema)
        {
            case UnionSchema union:
                AvroSchema some = Optional(union);
                int nullIndex = union.Branches[0].Type == AvroType.Null ? 0 : 1;
                return $"reader.ReadIndex(2, \"a union\") == {nullIndex} ? default({TypeOf(some)}?) : {Read(some)}";
            case ArraySchema array:
                return $"global::AuditIntel.Avro.AvroCollections.ReadList(ref reader, {SmallestSize.Of(array.Items)}, static (ref global::AuditIntel.Avro.AvroReader reader) => {Read(array.Items)})";
            case MapSchema map:
                return $"global::AuditIntel.Avro.AvroCollections.ReadMap(ref reader, {SmallestSize.Of(map.Values) + 1}, static (ref global::AuditIntel.Avro.AvroReader reader) => {Read(map.Values)})";
            case RecordSchema record:
                return $"{record.Name}.Read(ref reader)";
            case EnumSchema symbols:
                return $"({symbols.Name})reader.ReadIndex({symbols.Symbols.Count}, \"{symbols.FullName}\")";
            default:
                return ReadScalar(schema);
        }
    }

    private static string WriteScalar(AvroSchema schema, string value)
    {
        string size = schema is FixedSchema sized ? $", {sized.Size}" : "";
        switch (schema.Logical)
        {
            case LogicalType.Decimal when schema.Precision <= DecimalDigits:
                return $"{Logical}.WriteDecimal(ref writer, {value}, {schema.Precision}, {schema.Scale}{size})";
            case LogicalType.Decimal:
                return $"{Logical}.WriteInteger(ref writer, {value}{size})";
            case LogicalType.TimestampMillis:
            case LogicalType.TimestampMicros:
            case LogicalType.Date:
            case LogicalType.TimeMillis:
            case LogicalType.TimeMicros:
                return $"{Logical}.Write{schema.Logical}(ref writer, {value})";
            case LogicalType.Uuid when schema.Type == AvroType.String:
                return $"{Logical}.WriteUuid(ref writer, {value})";
            default:
                return $"writer.Write{schema.Type}({value})";
        }
    }

    private static string ReadScalar(AvroSchema schema)
    {
        string size = schema is FixedSchema sized ? $", {sized.Size}" : "";
        switch (schema.Logical)
        {
            case LogicalType.Decimal when schema.Precision <= DecimalDigits:
                return $"{Logical}.ReadDecimal(ref reader, {schema.Scale}{size})";
            case LogicalType.Decimal:
                return $"{Logical}.ReadInteger(ref reader, {schema.Precision}{size})";
            case LogicalType.TimestampMillis:
            case LogicalType.TimestampMicros:
            case LogicalType.Date:
            case LogicalType.TimeMillis:
            case LogicalType.TimeMicros:
                return $"{Logical}.Read{schema.Logical}(ref reader)";
            case LogicalType.Uuid when schema.Type == AvroType.String:
                return $"{Logical}.ReadUuid(ref reader)";
        }

        return schema switch
        {
            FixedSchema fixedSchema => $"reader.ReadFixed({fixedSchema.Size}).ToArray()",
            { Type: AvroType.Bytes } => "reader.ReadBytes().ToArray()",
            _ => $"reader.Read{schema.Type}()",
        };
    }
}
