using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Findings;

/// <summary>How a <see cref="PostgresFindingsSink"/> reads and writes.</summary>
public sealed record PostgresFindingsSinkOptions : PostgresSinkOptions
{
    /// <summary>Sink postgres-findings, group auditintel-postgres-findings, dead letters of raw findings.</summary>
    public PostgresFindingsSinkOptions()
        : base("postgres-findings", "auditintel-postgres-findings", [Topics.RawFindingsDeadLetters.Name])
    {
    }
}
