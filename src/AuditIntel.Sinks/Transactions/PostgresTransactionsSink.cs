using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Brings scored transactions, anomalies, alerts, models and dead letters of the chain from their topics into PostgreSQL, exactly once.</summary>
public sealed class PostgresTransactionsSink : PostgresSink
{
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public PostgresTransactionsSink(PostgresTransactionsSinkOptions options, TimeProvider? clock = null)
        : base(options, (registry, time) => new TransactionsContent(registry, options.DeadLetterTopics, options.MonthsAhead, time), clock)
    {
    }
}
