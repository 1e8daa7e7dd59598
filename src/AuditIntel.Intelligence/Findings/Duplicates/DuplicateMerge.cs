namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Two clusters that turned out to be one issue.</summary>
/// <param name="GoneId">Canonical finding of the cluster that went.</param>
/// <param name="CanonicalId">The older one that stands for both now.</param>
/// <param name="Similarity">Average probability of their pairs, 0 to 1.</param>
public sealed record DuplicateMerge(string GoneId, string CanonicalId, double Similarity);
