namespace AuditIntel.Avro;

/// <summary>An enum; values are encoded as the symbol's index.</summary>
public sealed class EnumSchema : NamedSchema
{
    internal EnumSchema(
        SchemaJson json, string name, string @namespace, IReadOnlyList<string> aliases, string? doc, IReadOnlyList<string> symbols, string? defaultSymbol)
        : base(AvroType.Enum, json, name, @namespace, aliases, doc)
    {
        Symbols = symbols;
        DefaultSymbol = defaultSymbol;
    }

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>What a reader takes for a symbol that it does not know; null when the schema names none.</summary>
    public string? DefaultSymbol { get; }

    /// <summary>Index of the symbol, or -1.</summary>
    public int IndexOf(string symbol)
    {
        for (int i = 0; i < Symbols.Count; i++)
        {
            if (Symbols[i] == symbol)
            {
                return i;
            }
        }

        return -1;
    }
}
