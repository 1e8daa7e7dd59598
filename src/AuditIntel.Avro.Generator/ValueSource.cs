using System.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>Code that reads and writes a value of one schema.</summary>
internal static class ValueSource
{
    private const string Logical = "global::AuditIntel.Avro.AvroLogical";
    private const string Decimals = "global::AuditIntel.Avro.AvroDecimals";
    private const string Collections = "global::AuditIntel.Avro.AvroCollections";

    /// <summary>Statements that write <paramref name="value"/>; <paramref name="depth"/> keeps the names of nested variables apart.</summary>
    public static void Write(StringBuilder output, string indent, AvroSchema schema, string value, int depth)
    {
        string number = CSharpNames.Number(depth);
        switch (schema)
        {
            case UnionSchema union:
                int nullIndex = TypeSource.NullIndex(union);
                string some = "v" + number;
                output.Append(indent).AppendLine($"if ({value} is {{ }} {some})").Append(indent).AppendLine("{");
                output.Append(indent).AppendLine($"    writer.WriteUnionIndex({CSharpNames.Number(1 - nullIndex)});");
                Write(output, indent + "    ", TypeSource.Optional(union), some, depth + 1);
                output.Append(indent).AppendLine("}").Append(indent).AppendLine("else").Append(indent).AppendLine("{");
                output.Append(indent).AppendLine($"    writer.WriteUnionIndex({CSharpNames.Number(nullIndex)});").Append(indent).AppendLine("}");
                break;
            case ArraySchema array:
                output.Append(indent).AppendLine($"if ({value}.Count > 0)").Append(indent).AppendLine("{");
                output.Append(indent).AppendLine($"    writer.WriteLong({value}.Count);");
                output.Append(indent).AppendLine($"    for (int i{number} = 0; i{number} < {value}.Count; i{number}++)").Append(indent).AppendLine("    {");
                Write(output, indent + "        ", array.Items, $"{value}[i{number}]", depth + 1);
                output.Append(indent).AppendLine("    }").Append(indent).AppendLine("}").AppendLine();
                output.Append(indent).AppendLine("writer.WriteLong(0);");
                break;
            case MapSchema map:
                output.Append(indent).AppendLine($"if ({value}.Count > 0)").Append(indent).AppendLine("{");
                output.Append(indent).AppendLine($"    writer.WriteLong({value}.Count);");
                output.Append(indent).AppendLine($"    foreach (var p{number} in {value})").Append(indent).AppendLine("    {");
                output.Append(indent).AppendLine($"        writer.WriteString(p{number}.Key);");
                Write(output, indent + "        ", map.Values, $"p{number}.Value", depth + 1);
                output.Append(indent).AppendLine("    }").Append(indent).AppendLine("}").AppendLine();
                output.Append(indent).AppendLine("writer.WriteLong(0);");
                break;
            case RecordSchema:
                output.Append(indent).AppendLine($"{value}.Write(ref writer);");
                break;
            case EnumSchema symbols:
                output.Append(indent).AppendLine($"writer.WriteIndex((int){value}, {CSharpNames.Number(symbols.Symbols.Count)}, \"{symbols.FullName}\");");
                break;
            default:
                output.Append(indent).Append(WriteScalar(schema, value)).AppendLine(";");
                break;
        }
    }

    /// <summary>An expression that reads a value.</summary>
    public static string Read(AvroSchema schema)
    {
        switch (schema)
        {
            case UnionSchema union:
                AvroSchema some = TypeSource.Optional(union);
                string nullIndex = CSharpNames.Number(TypeSource.NullIndex(union));
                return $"reader.ReadIndex(2, \"a union\") == {nullIndex} ? default({TypeSource.Of(some)}?) : {Read(some)}";
            case ArraySchema array:
                return $"{Collections}.ReadList(ref reader, {CSharpNames.Number(SmallestSize.Of(array.Items))}, {Lambda(array.Items)})";
            case MapSchema map:
                return $"{Collections}.ReadMap(ref reader, {CSharpNames.Number(SmallestSize.Of(map.Values) + 1)}, {Lambda(map.Values)})";
            case RecordSchema record:
                return $"{CSharpNames.TypeOf(record)}.Read(ref reader)";
            case EnumSchema symbols:
                return $"({CSharpNames.TypeOf(symbols)})reader.ReadIndex({CSharpNames.Number(symbols.Symbols.Count)}, \"{symbols.FullName}\")";
            default:
                return ReadScalar(schema);
        }
    }

    private static string Lambda(AvroSchema item) => $"static (ref global::AuditIntel.Avro.AvroReader reader) => {Read(item)}";

    private static string WriteScalar(AvroSchema schema, string value)
    {
        string size = Size(schema);
        switch (schema.Logical)
        {
            case LogicalType.Decimal:
                string wide = schema.Precision <= TypeSource.DecimalDigits ? "" : "Wide";
                return $"{Decimals}.Write{wide}(ref writer, {value}, {CSharpNames.Number(schema.Precision)}, {CSharpNames.Number(schema.Scale)}{size})";
            case LogicalType.None:
                return $"writer.Write{schema.Type}({value}{size})";
            default:
                return $"{Logical}.Write{Method(schema)}(ref writer, {value})";
        }
    }

    private static string ReadScalar(AvroSchema schema)
    {
        switch (schema.Logical)
        {
            case LogicalType.Decimal:
                string wide = schema.Precision <= TypeSource.DecimalDigits ? "" : "Wide";
                return $"{Decimals}.Read{wide}(ref reader, {CSharpNames.Number(schema.Scale)}{Size(schema)})";
            case LogicalType.None:
                return schema switch
                {
                    FixedSchema sized => $"reader.ReadFixed({CSharpNames.Number(sized.Size)}).ToArray()",
                    { Type: AvroType.Bytes } => "reader.ReadBytes().ToArray()",
                    _ => $"reader.Read{schema.Type}()",
                };
            default:
                return $"{Logical}.Read{Method(schema)}(ref reader)";
        }
    }

    private static string Size(AvroSchema schema) => schema is FixedSchema sized ? ", " + CSharpNames.Number(sized.Size) : "";

    private static string Method(AvroSchema schema) => schema is FixedSchema && schema.Logical == LogicalType.Uuid ? "UuidFixed" : schema.Logical.ToString();
}
