using AuditIntel.Intelligence.Transactions.Ensemble;

namespace AuditIntel.Topologies.Transactions;

/// <summary>How transactions are judged.</summary>
public sealed record TransactionsOptions
{
    /// <value>From which probability a transaction is an anomaly, and how severe.</value>
    public SeverityThresholds Thresholds { get; init; } = new();

    /// <value>Most reasons that an anomaly tells, 1 to 20.</value>
    public int Reasons { get; init; } = 5;

    /// <value>Accounts that a task remembers, 1 000 or more; the longest idle are forgotten first.</value>
    public int RememberedAccounts { get; init; } = 400_000;

    /// <value>Pairs of accounts that a task remembers, 1 000 or more.</value>
    public int RememberedPairs { get; init; } = 600_000;

    /// <value>Transactions that a task knows again when they come twice, 1 000 or more; those of the oldest blocks are forgotten first.</value>
    public int RememberedTransactions { get; init; } = 600_000;

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string fault in Thresholds.Validate())
        {
            yield return fault;
        }

        if (Reasons is < 1 or > 20)
        {
            yield return $"Reasons is {Reasons}: an anomaly tells 1 to 20.";
        }

        foreach ((string name, int value) in new[]
                 {
                     (nameof(RememberedAccounts), RememberedAccounts), (nameof(RememberedPairs), RememberedPairs), (nameof(RememberedTransactions), RememberedTransactions),
                 })
        {
            if (value < 1000)
            {
                yield return $"{name} is {value}: a task has to remember at least 1000.";
            }
        }
    }
}
