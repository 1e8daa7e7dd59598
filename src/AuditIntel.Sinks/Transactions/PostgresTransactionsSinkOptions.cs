using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>How a <see cref="PostgresTransactionsSink"/> reads and writes.</summary>
public sealed record PostgresTransactionsSinkOptions : PostgresSinkOptions
{
    /// <summary>
    /// Sink postgres-transactions, group auditintel-postgres-transactions, dead letters of chain and alerts, batches of up to 20 000 records:
    /// a transaction is a tenth of a finding.
    /// </summary>
    public PostgresTransactionsSinkOptions()
        : base("postgres-transactions", "auditintel-postgres-transactions", [Topics.ChainDeadLetters.Name, Topics.AlertDeadLetters.Name])
    {
        MaxBatchRecords = 20_000;
        MaxBatchBytes = 32 * 1024 * 1024;
    }

    /// <summary>Months whose partitions are made before their time, besides the present one; 0 to 120.</summary>
    public int MonthsAhead { get; init; } = 3;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        foreach (var fault in base.Validate())
        {
            yield return fault;
        }

        if (MonthsAhead is < 0 or > 120)
        {
            yield return $"MonthsAhead is {MonthsAhead}: choose 0 to 120.";
        }
    }
}
