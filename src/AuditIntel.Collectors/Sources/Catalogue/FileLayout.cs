namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>What a file of a repository holds.</summary>
public enum FileLayout
{
    /// <summary>A report with findings below headings by severity.</summary>
    Reports,

    /// <summary>One article.</summary>
    Articles,

    /// <summary>A list of articles, one below each heading of the level that most headings have.</summary>
    Sections,
}
