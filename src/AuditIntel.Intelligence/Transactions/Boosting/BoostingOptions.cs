namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>How boosted trees are grown.</summary>
public sealed record BoostingOptions
{
    /// <value>Most trees, 1 to 10 000; fewer where validation stops earlier.</value>
    public int Trees { get; init; } = 300;

    /// <value>Leaves of a tree, 2 to 256.</value>
    public int Leaves { get; init; } = 31;

    /// <value>Cuts from the root to any leaf, 1 to 30: what a walk costs.</value>
    public int Depth { get; init; } = 7;

    /// <value>Share of a tree's step that is kept, above 0 and at most 1.</value>
    public double LearningRate { get; init; } = 0.08;

    /// <value>Least sum of second derivatives (p(1-p) of the rows) in a leaf, not negative.</value>
    public double LeastHessian { get; init; } = 5;

    /// <value>Least rows in a leaf, 1 or more.</value>
    public int LeastRows { get; init; } = 40;

    /// <value>L2 penalty of leaf values, not negative.</value>
    public double L2 { get; init; } = 5;

    /// <value>Share of the features that each tree may cut on, above 0 and at most 1.</value>
    public double FeatureShare { get; init; } = 0.4;

    /// <value>Share of the rows that each tree is grown on, above 0 and at most 1.</value>
    public double RowShare { get; init; } = 0.5;

    /// <value>Trees without a better validation loss after which growing stops, 1 or more.</value>
    public int Patience { get; init; } = 40;

    /// <value>The same seed and rows give the same trees, bit for bit.</value>
    public long Seed { get; init; } = 1;

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Trees is < 1 or > 10_000)
        {
            yield return $"{nameof(Trees)} is {Trees}: give 1 to 10000.";
        }

        if (Leaves is < 2 or > 256)
        {
            yield return $"{nameof(Leaves)} is {Leaves}: give 2 to 256.";
        }

        if (Depth is < 1 or > 30)
        {
            yield return $"{nameof(Depth)} is {Depth}: give 1 to 30.";
        }

        foreach ((string name, double value) in new[] { (nameof(LearningRate), LearningRate), (nameof(FeatureShare), FeatureShare), (nameof(RowShare), RowShare) })
        {
            if (value is not (> 0 and <= 1))
            {
                yield return $"{name} is {value}: give a number above 0 and at most 1.";
            }
        }

        if (!(LeastHessian >= 0 && L2 >= 0) || LeastRows < 1 || Patience < 1)
        {
            yield return $"{nameof(LeastHessian)} and {nameof(L2)} may not be negative, {nameof(LeastRows)} and {nameof(Patience)} are 1 or more.";
        }
    }
}
