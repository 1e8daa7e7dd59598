namespace AuditIntel.Avro;

/// <summary>A schema of Avro 1.11: immutable, parsed once, shared freely.</summary>
public abstract class AvroSchema
{
    private protected AvroSchema(AvroType type, SchemaJson json)
    {
        Type = type;
        Json = json;
    }

    public AvroType Type { get; }

    public LogicalType Logical { get; internal set; }

    /// <summary>Digits of a decimal; 0 otherwise.</summary>
    public int Precision { get; internal set; }

    /// <summary>Digits of a decimal behind the point; 0 otherwise.</summary>
    public int Scale { get; internal set; }

    /// <summary>The node of the text that this schema was read from, unknown attributes included.</summary>
    public SchemaJson Json { get; }

    /// <exception cref="AvroSchemaException">The text is no schema; the message names line and column.</exception>
    public static AvroSchema Parse(string json) => AvroSchemaParser.Parse(json, new Dictionary<string, NamedSchema>());

    /// <summary>Parses a schema that may use the names in <paramref name="known"/>, to which its own names are added.</summary>
    /// <exception cref="AvroSchemaException">The text is no schema, or defines a known name again.</exception>
    public static AvroSchema Parse(string json, IDictionary<string, NamedSchema> known) => AvroSchemaParser.Parse(json, known);

    /// <summary>Parses a schema and returns the type of that full name which it defines somewhere within.</summary>
    /// <exception cref="AvroSchemaException">The text is no schema or defines no such type.</exception>
    public static AvroSchema ParseNamed(string json, string fullName)
    {
        var known = new Dictionary<string, NamedSchema>();
        AvroSchema root = AvroSchemaParser.Parse(json, known);
        return known.TryGetValue(fullName, out NamedSchema? named)
            ? named
            : throw new AvroSchemaException($"The schema defines no type '{fullName}'", root.Json);
    }

    /// <summary>
    /// The schema's text without blanks, every attribute kept. It stands alone: a type that is defined elsewhere in the text of an outer schema,
    /// or in another file, is defined where it is first used.
    /// </summary>
    public override string ToString() => SchemaText.Of(this);
}
