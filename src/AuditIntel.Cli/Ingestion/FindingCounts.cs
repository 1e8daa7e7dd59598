namespace AuditIntel.Cli.Ingestion;

/// <summary>Findings of one run.</summary>
internal sealed record FindingCounts
{
    /// <summary>Published to the raw topic in this run.</summary>
    public required long Read { get; init; }

    /// <summary>Of these, rows that now stand in the findings table.</summary>
    public required long Stored { get; init; }

    /// <summary>Of these, rows that now stand in the table of duplicates.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Rows of findings and duplicates that the database did not have before this run.</summary>
    public required long Added { get; init; }

    /// <summary>Stored findings by platform, most frequent first; the next two likewise.</summary>
    public required IReadOnlyDictionary<string, long> ByPlatform { get; init; }

    public required IReadOnlyDictionary<string, long> BySeverity { get; init; }

    public required IReadOnlyDictionary<string, long> ByType { get; init; }
}
