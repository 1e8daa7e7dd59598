namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>A finding before that is like the new one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Similarity">0 to 1: within a contest the probability of being the same issue, across contests the cosine of the texts.</param>
/// <param name="Reasons">What speaks most for it, strongest first.</param>
/// <param name="CrossPlatform">Whether it comes from another platform.</param>
public sealed record DuplicateMatch(string Id, double Similarity, IReadOnlyList<string> Reasons, bool CrossPlatform);
