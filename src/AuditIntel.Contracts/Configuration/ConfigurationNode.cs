namespace AuditIntel.Contracts;

/// <summary>A value of a configuration file: text, a list, or named fields; with the line it stands on.</summary>
public sealed class ConfigurationNode
{
    private ConfigurationNode(int line, string? text, IReadOnlyList<ConfigurationNode>? items, IReadOnlyList<ConfigurationField>? fields)
    {
        Line = line;
        Text = text;
        Items = items;
        Fields = fields;
    }

    /// <summary>Counted from 1.</summary>
    public int Line { get; }

    /// <summary>The text of a single value, such as <c>10m</c>; null for a list, for fields and where nothing is written.</summary>
    public string? Text { get; }

    /// <summary>The values of a list; otherwise null.</summary>
    public IReadOnlyList<ConfigurationNode>? Items { get; }

    /// <summary>Named values in the order of the file; otherwise null.</summary>
    public IReadOnlyList<ConfigurationField>? Fields { get; }

    /// <summary>What it is, for a fault.</summary>
    internal string Kind => Items is not null ? "a list" : Fields is not null ? "a group of fields" : Text is null ? "empty" : "text";

    internal static ConfigurationNode OfText(int line, string? text) => new(line, text, null, null);

    internal static ConfigurationNode OfItems(int line, IReadOnlyList<ConfigurationNode> items) => new(line, null, items, null);

    internal static ConfigurationNode OfFields(int line, IReadOnlyList<ConfigurationField> fields) => new(line, null, null, fields);
}
