namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>What the terms of the taxonomy say of one text, all of them found in one pass.</summary>
/// <param name="Scores">By type, in the order of the taxonomy.</param>
/// <param name="Contributions">By term: what it adds to its type.</param>
internal sealed record RuleEvidence(double[] Scores, double[] Contributions);
