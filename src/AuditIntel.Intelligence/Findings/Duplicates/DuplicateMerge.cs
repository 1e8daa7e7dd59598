namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Two clusters that became one.</summary>
/// <param name="GoneId">The canonical finding that no longer stands for its cluster.</param>
/// <param name="CanonicalId">The one, older, that now stands for both.</param>
public sealed record DuplicateMerge(string GoneId, string CanonicalId);
