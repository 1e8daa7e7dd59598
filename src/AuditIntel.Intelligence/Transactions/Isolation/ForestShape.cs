namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>The measures of a forest.</summary>
/// <param name="Trees">Trees.</param>
/// <param name="SampleSize">Rows that each was grown on.</param>
/// <param name="Width">Numbers in a vector.</param>
internal readonly record struct ForestShape(int Trees, int SampleSize, int Width)
{
    /// <value>Height limit: ceil(log2(sample size)), as in the paper.</value>
    public int Height => Math.Max(1, (int)Math.Ceiling(Math.Log2(SampleSize)));

    public int Groups => (Trees + IsolationForest.Lanes - 1) / IsolationForest.Lanes;

    public int NodesOfGroup => ((1 << Height) - 1) * IsolationForest.Lanes;

    public int LeavesOfGroup => (1 << Height) * IsolationForest.Lanes;
}
