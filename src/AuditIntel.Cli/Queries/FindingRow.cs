namespace AuditIntel.Cli.Queries;

/// <summary>A finding as <c>query findings</c> shows it. <see cref="Similarity"/> and <see cref="Method"/> are those of a duplicate.</summary>
internal sealed record FindingRow
{
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Contest { get; init; }

    public required string NativeId { get; init; }

    public required string Severity { get; init; }

    public string? Type { get; init; }

    public double? TypeConfidence { get; init; }

    public required string Title { get; init; }

    public string? Url { get; init; }

    public DateTime? PublishedAt { get; init; }

    /// <summary>How many findings repeat this one.</summary>
    public long Duplicates { get; init; }

    public double? Similarity { get; init; }

    public string? Method { get; init; }
}
