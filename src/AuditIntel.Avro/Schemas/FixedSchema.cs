namespace AuditIntel.Avro;

/// <summary>A fixed number of bytes.</summary>
public sealed class FixedSchema : NamedSchema
{
    internal FixedSchema(SchemaJson json, string name, string @namespace, IReadOnlyList<string> aliases, string? doc, int size)
        : base(AvroType.Fixed, json, name, @namespace, aliases, doc) => Size = size;

    /// <summary>In bytes.</summary>
    public int Size { get; }
}
