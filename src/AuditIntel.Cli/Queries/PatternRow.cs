namespace AuditIntel.Cli.Queries;

/// <summary>What is known of one type of vulnerability over all findings.</summary>
internal sealed record PatternRow
{
    /// <summary>Id in the taxonomy.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required long Findings { get; init; }

    public required long Critical { get; init; }

    public required long High { get; init; }

    public required long Medium { get; init; }

    public required long Low { get; init; }

    /// <summary>10 for each critical finding, 7 high, 4 medium, 1 low.</summary>
    public required long Risk { get; init; }

    public required IReadOnlyList<string> Platforms { get; init; }

    public DateTime? FirstPublished { get; init; }

    public DateTime? LastPublished { get; init; }

    public required IReadOnlyList<string> Swc { get; init; }

    public required IReadOnlyList<string> Cwe { get; init; }

    /// <summary>Id in the OWASP Smart Contract Top 10 of 2025.</summary>
    public string? Owasp { get; init; }

    /// <summary>What is done about it.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The most severe and newest findings of the type.</summary>
    public required IReadOnlyList<FindingRow> Examples { get; init; }
}
