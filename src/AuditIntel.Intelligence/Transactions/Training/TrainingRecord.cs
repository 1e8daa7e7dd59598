namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>What a model was trained on and how it did on accounts that it was not fitted to. Part of the artefact.</summary>
public sealed record TrainingRecord
{
    public required long Seed { get; init; }

    /// <value>Transactions of all training accounts.</value>
    public required int Transactions { get; init; }

    public required int Accounts { get; init; }

    public required int FlaggedAccounts { get; init; }

    /// <value>Time of the first transaction, seconds since 1970.</value>
    public required long From { get; init; }

    /// <value>Time of the last.</value>
    public required long Until { get; init; }

    /// <value>The ensemble on the calibration accounts, which no tree has seen.</value>
    public required ModelMetrics Validation { get; init; }

    /// <value>
    /// Boosted trees grown only on what came before a moment, judged on other accounts' transactions after it: what a live system would have had. Null where
    /// one side of the moment holds only one answer.
    /// </value>
    public required ModelMetrics? TimeOrdered { get; init; }

    /// <value>The moment, seconds since 1970: 80 % of the transactions are earlier.</value>
    public required long TimeOrderedFrom { get; init; }
}
