namespace AuditIntel.Sinks.Postgres;

/// <summary>Tables whose rows a sink counts.</summary>
internal enum SinkTable
{
    Contests,
    ContestsDeleted,
    Findings,
    FindingDuplicates,
    DeadLetters,
    Transactions,
    Anomalies,
    Alerts,
    ModelVersions,
    FindingTrends,
    EmergingThreats,
    SimilarFindings,
}
