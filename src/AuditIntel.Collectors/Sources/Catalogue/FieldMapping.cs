using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Where the parts of a finding stand. Selectors for pages, paths for JSON, column names for tables.</summary>
public sealed record FieldMapping
{
    /// <summary>The pieces that become findings: a selector, or a path that gives a list. Empty for the whole page or document.</summary>
    public string Items { get; init; } = "";

    /// <summary>Selector of links to pages that hold one finding each; empty to read the findings from the listing.</summary>
    public string Links { get; init; } = "";

    /// <summary>Selector of the link to the next page of a listing.</summary>
    public string Next { get; init; } = "";

    /// <summary>Whether bodies are HTML, which is turned into markdown.</summary>
    public bool BodyIsHtml { get; init; }

    /// <summary>Format of dates as .NET writes it; null for ISO 8601, RFC 1123 and Unix time.</summary>
    public string? DateFormat { get; init; }

    /// <summary>What stands between the columns of a table.</summary>
    public char Separator { get; init; } = ',';

    internal IReadOnlyDictionary<FindingField, FieldTemplate> Templates { get; init; } = new Dictionary<FindingField, FieldTemplate>();
}
