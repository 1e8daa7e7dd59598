namespace AuditIntel.Cli.Queries;

/// <summary>Which findings are asked for; what is null does not matter.</summary>
internal sealed record FindingFilter
{
    /// <summary>At least this severe: one of the labels of the database's enum.</summary>
    public string? Severity { get; init; }

    public string? Type { get; init; }

    public string? Platform { get; init; }

    public string? Contest { get; init; }

    /// <summary>Words of title or body, as they stand there.</summary>
    public string? Text { get; init; }

    /// <summary>Published on this day or later.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The duplicates of this finding, instead of findings.</summary>
    public string? DuplicatesOf { get; init; }

    /// <summary>Most rows.</summary>
    public int Limit { get; init; } = 20;
}
