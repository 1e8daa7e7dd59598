namespace AuditIntel.Cli.Queries;

/// <summary>The newest window of a length: its values by risk, and what emerges in it.</summary>
internal sealed record TrendAnswer(int WindowDays, string Dimension, IReadOnlyList<TrendRow> Trends, IReadOnlyList<ThreatRow> Emerging);
