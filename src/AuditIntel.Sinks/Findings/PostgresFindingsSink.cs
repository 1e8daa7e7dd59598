using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Findings;

/// <summary>Brings contests, findings, duplicates and dead letters from their topics into PostgreSQL, exactly once.</summary>
public sealed class PostgresFindingsSink : PostgresSink
{
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public PostgresFindingsSink(PostgresFindingsSinkOptions options, TimeProvider? clock = null)
        : base(options, (registry, _) => new FindingsContent(registry, options.DeadLetterTopics), clock)
    {
    }
}
