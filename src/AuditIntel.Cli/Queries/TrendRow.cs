namespace AuditIntel.Cli.Queries;

/// <summary>One value of a dimension in the newest window.</summary>
internal sealed record TrendRow
{
    public required string Value { get; init; }

    public required DateOnly WindowStart { get; init; }

    public required DateOnly WindowEnd { get; init; }

    public required long Count { get; init; }

    public required long PreviousCount { get; init; }

    public required string Direction { get; init; }

    public double? AdjustedPValue { get; init; }

    public required long Risk { get; init; }

    public required int Rank { get; init; }

    public string? TrainingNeed { get; init; }

    public string? Recommendation { get; init; }
}
