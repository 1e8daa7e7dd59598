namespace AuditIntel.Avro;

/// <summary>A record, enum or fixed.</summary>
public abstract class NamedSchema : AvroSchema
{
    private protected NamedSchema(AvroType type, SchemaJson json, string name, string @namespace, IReadOnlyList<string> aliases, string? doc)
        : base(type, json)
    {
        Name = name;
        Namespace = @namespace;
        Aliases = aliases;
        Doc = doc;
    }

    /// <summary>Without namespace.</summary>
    public string Name { get; }

    /// <summary>Empty for the null namespace.</summary>
    public string Namespace { get; }

    public string FullName => Namespace.Length == 0 ? Name : Namespace + "." + Name;

    /// <summary>Full names.</summary>
    public IReadOnlyList<string> Aliases { get; }

    public string? Doc { get; }
}
