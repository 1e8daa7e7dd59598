namespace AuditIntel.Benchmarks.Reporting;

/// <summary>One figure over several runs.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Such as <c>records/s</c> or <c>MiB</c>.</param>
/// <param name="Runs">The figure of each run, in the order of the runs.</param>
internal sealed record Measurement(string Name, string Unit, IReadOnlyList<double> Runs)
{
    /// <value>The middle run; of an even number the mean of the two in the middle.</value>
    public double Median
    {
        get
        {
            double[] sorted = [.. Runs.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
