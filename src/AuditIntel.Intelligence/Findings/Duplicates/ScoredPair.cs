namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>A finding before, and how likely it is the same issue.</summary>
internal readonly record struct ScoredPair(int Finding, double Probability);
