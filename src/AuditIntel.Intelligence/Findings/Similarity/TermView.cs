namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>The lists of a sketch that are compared by cosine.</summary>
internal enum TermView
{
    Title,
    Words,
    Head,
    Impact,
    Recommendation,
    Named,
    Coded,
    Phrases,
}
