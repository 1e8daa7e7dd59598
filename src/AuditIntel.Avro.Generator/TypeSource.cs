namespace AuditIntel.Avro.Generator;

/// <summary>C# types of schemas.</summary>
internal static class TypeSource
{
    /// <summary>Most digits that System.Decimal always holds.</summary>
    public const int DecimalDigits = 28;

    public static string Of(AvroSchema schema)
    {
        switch (schema)
        {
            case UnionSchema union:
                return Of(Optional(union)) + "?";
            case ArraySchema array:
                return $"global::System.Collections.Generic.IReadOnlyList<{Of(array.Items)}>";
            case MapSchema map:
                return $"global::System.Collections.Generic.IReadOnlyDictionary<string, {Of(map.Values)}>";
        }

        switch (schema.Logical)
        {
            case LogicalType.TimestampMillis:
            case LogicalType.TimestampMicros:
                return "global::System.DateTimeOffset";
            case LogicalType.LocalTimestampMillis:
            case LogicalType.LocalTimestampMicros:
                return "global::System.DateTime";
            case LogicalType.Date:
                return "global::System.DateOnly";
            case LogicalType.TimeMillis:
            case LogicalType.TimeMicros:
                return "global::System.TimeOnly";
            case LogicalType.Uuid:
                return "global::System.Guid";
            case LogicalType.Duration:
                return "global::AuditIntel.Avro.AvroDuration";
            case LogicalType.Decimal:
                return schema.Precision <= DecimalDigits ? "decimal" : "global::AuditIntel.Avro.AvroDecimal";
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
                return CSharpNames.TypeOf((NamedSchema)schema);
            default:
                throw new AvroSchemaException("A field of type null holds nothing: leave it out, or make it a union", schema.Json);
        }
    }

    /// <summary>The branch beside null; other unions have no C# type of their own.</summary>
    /// <exception cref="AvroSchemaException">The union is of another kind.</exception>
    public static AvroSchema Optional(UnionSchema union)
    {
        if (union.Branches.Count == 2 && union.Branches[0].Type == AvroType.Null != (union.Branches[1].Type == AvroType.Null))
        {
            return union.Branches[1 - NullIndex(union)];
        }

        throw new AvroSchemaException("Records are generated only for unions of null and one other type", union.Json);
    }

    public static int NullIndex(UnionSchema union) => union.Branches[0].Type == AvroType.Null ? 0 : 1;
}
