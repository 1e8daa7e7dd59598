using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Insights;

/// <summary>Brings trends, emerging threats and similar findings from their topics into PostgreSQL, exactly once.</summary>
public sealed class PostgresInsightsSink : PostgresSink
{
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public PostgresInsightsSink(PostgresInsightsSinkOptions options, TimeProvider? clock = null)
        : base(options, (registry, _) => new InsightsContent(registry), clock)
    {
    }
}
