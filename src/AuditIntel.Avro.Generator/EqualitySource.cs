using System.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>Equality by value of records with lists, maps or bytes, which C# compares by reference.</summary>
internal static class EqualitySource
{
    private const string Helper = "global::AuditIntel.Avro.AvroEquality";

    public static void Write(StringBuilder output, RecordSchema schema)
    {
        if (!schema.Fields.Any(field => IsCollection(field.Schema)))
        {
            return;
        }

        output.AppendLine().AppendLine("    /// <summary>Equality by value, collections included.</summary>");
        output.Append("    public bool Equals(").Append(CSharpNames.TypeOf(schema)).AppendLine("? other) => other is not null");
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            string name = CSharpNames.Property(schema, schema.Fields[i]);
            output.Append("        && ").Append(Equal(schema.Fields[i].Schema, "this." + name, "other." + name, 0))
                .AppendLine(i == schema.Fields.Count - 1 ? ";" : "");
        }

        output.AppendLine().AppendLine("    /// <inheritdoc/>").AppendLine("    public override int GetHashCode()").AppendLine("    {");
        output.AppendLine("        var hash = new global::System.HashCode();");
        foreach (RecordField field in schema.Fields)
        {
            output.Append("        hash.Add(").Append(Hash(field.Schema, "this." + CSharpNames.Property(schema, field), 0)).AppendLine(");");
        }

        output.AppendLine("        return hash.ToHashCode();").AppendLine("    }");
    }

    private static bool IsCollection(AvroSchema schema) => schema switch
    {
        ArraySchema or MapSchema => true,
        UnionSchema union => IsCollection(TypeSource.Optional(union)),
        _ => TypeSource.Of(schema) == "byte[]",
    };

    private static string Equal(AvroSchema schema, string left, string right, int depth)
    {
        string x = "x" + CSharpNames.Number(depth);
        string y = "y" + CSharpNames.Number(depth);
        AvroSchema inner = schema is UnionSchema union ? TypeSource.Optional(union) : schema;
        AvroSchema? item = Item(inner);
        return item is null
            ? IsCollection(inner)
                ? $"{Helper}.Equal({left}, {right})"
                : $"global::System.Collections.Generic.EqualityComparer<{TypeSource.Of(schema)}>.Default.Equals({left}, {right})"
            : IsCollection(item)
                ? $"{Helper}.Equal({left}, {right}, static ({x}, {y}) => {Equal(item, x, y, depth + 1)})"
                : $"{Helper}.Equal({left}, {right})";
    }

    private static string Hash(AvroSchema schema, string value, int depth)
    {
        string x = "x" + CSharpNames.Number(depth);
        AvroSchema inner = schema is UnionSchema union ? TypeSource.Optional(union) : schema;
        if (!IsCollection(inner))
        {
            return depth == 0 ? value : $"{value}.GetHashCode()";
        }

        return inner is ArraySchema array && IsCollection(array.Items)
            ? $"{Helper}.Hash({value}, static {x} => {Hash(array.Items, x, depth + 1)})"
            : $"{Helper}.Hash({value})";
    }

    private static AvroSchema? Item(AvroSchema schema) => schema switch
    {
        ArraySchema array => array.Items,
        MapSchema map => map.Values,
        _ => null,
    };
}
