namespace AuditIntel.Avro;

/// <summary>A record with its fields in the order of the encoding.</summary>
public sealed class RecordSchema : NamedSchema
{
    internal RecordSchema(SchemaJson json, string name, string @namespace, IReadOnlyList<string> aliases, string? doc)
        : base(AvroType.Record, json, name, @namespace, aliases, doc)
    {
    }

    public IReadOnlyList<RecordField> Fields { get; internal set; } = System.Array.Empty<RecordField>();

    /// <summary>The field of that name, or null.</summary>
    public RecordField? Field(string name)
    {
        foreach (RecordField field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}
