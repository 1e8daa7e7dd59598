namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>How a forest is grown.</summary>
internal sealed record ForestOptions
{
    public int Trees { get; init; } = 400;

    /// <value>Least rows in a leaf, 1 or more.</value>
    public int LeastRows { get; init; } = 4;

    /// <value>Share of the features that a cut is chosen from, above 0 and at most 1.</value>
    public double FeatureShare { get; init; } = 0.3;

    /// <value>The same seed and rows give the same forest.</value>
    public long Seed { get; init; } = 1;
}
