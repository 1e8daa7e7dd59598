namespace AuditIntel.Avro;

/// <summary>A field of a record.</summary>
public sealed class RecordField
{
    internal RecordField(string name, AvroSchema schema, SchemaJson? defaultValue, IReadOnlyList<string> aliases, string? doc, SchemaJson json)
    {
        Name = name;
        Schema = schema;
        Default = defaultValue;
        Aliases = aliases;
        Doc = doc;
        Json = json;
    }

    public string Name { get; }

    public AvroSchema Schema { get; }

    /// <summary>The default as the schema's text gives it; null when the field has none.</summary>
    public SchemaJson? Default { get; }

    public IReadOnlyList<string> Aliases { get; }

    public string? Doc { get; }

    public SchemaJson Json { get; }
}
