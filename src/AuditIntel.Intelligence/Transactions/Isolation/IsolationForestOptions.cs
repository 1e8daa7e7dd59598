namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>How an isolation forest is grown. The defaults are those of the paper.</summary>
public sealed record IsolationForestOptions
{
    /// <value>Trees, 1 to 10 000.</value>
    public int Trees { get; init; } = 100;

    /// <value>Rows drawn without replacement for each tree, 2 to 4 096.</value>
    public int SampleSize { get; init; } = 256;

    /// <value>The same seed and rows give the same forest, bit for bit.</value>
    public long Seed { get; init; } = 1;

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Trees is < 1 or > 10_000)
        {
            yield return $"{nameof(Trees)} is {Trees}: give 1 to 10000.";
        }

        if (SampleSize is < 2 or > 4096)
        {
            yield return $"{nameof(SampleSize)} is {SampleSize}: give 2 to 4096.";
        }
    }
}
