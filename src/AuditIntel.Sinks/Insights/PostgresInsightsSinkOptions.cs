using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Insights;

/// <summary>How a <see cref="PostgresInsightsSink"/> reads and writes.</summary>
public sealed record PostgresInsightsSinkOptions : PostgresSinkOptions
{
    /// <summary>Sink postgres-insights, group auditintel-postgres-insights, batches of up to 20 000 records: a window is small.</summary>
    public PostgresInsightsSinkOptions()
        : base("postgres-insights", "auditintel-postgres-insights", []) => MaxBatchRecords = 20_000;
}
