namespace AuditIntel.Cli.Queries;

/// <summary>A type that is new or has more than doubled.</summary>
internal sealed record ThreatRow
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required DateOnly WindowStart { get; init; }

    public required DateOnly WindowEnd { get; init; }

    public required long Count { get; init; }

    public required long PreviousCount { get; init; }

    public double? Growth { get; init; }

    public required string WorstSeverity { get; init; }

    public required string Recommendation { get; init; }
}
