namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>How classifiers are stacked.</summary>
internal sealed record StackOptions
{
    /// <value>Linear classifiers that read different parts of a finding. The first also speaks for itself, and the forest sees its signals.</value>
    public required IReadOnlyList<ClassifierOptions> Views { get; init; }

    /// <value>How the forest is grown.</value>
    public ForestOptions Forest { get; init; } = new();

    /// <value>Whether forest and regression see which severities author, commentators and judge give: right for published reports alone.</value>
    public bool ReadsVerdicts { get; init; }

    /// <value>L2 penalty of the regression on what all have said.</value>
    public double Penalty { get; init; } = 0.1;
}
