namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>A term that speaks for a type.</summary>
/// <param name="Text">Words as they stand in folded text; a final * takes any ending of the last word.</param>
/// <param name="Weight">1 for a hint to 5 for near certainty.</param>
public sealed record EvidenceTerm(string Text, int Weight);
