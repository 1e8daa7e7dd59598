using AuditIntel.Intelligence.Findings.Code;

namespace AuditIntel.Intelligence.Findings.Extraction;

/// <summary>What a finding's text says in so many words.</summary>
/// <param name="AttackVectors">Ways of attack that it names, most named first.</param>
/// <param name="Preconditions">Sentences that say what must hold, in their order.</param>
/// <param name="Amounts">Sums and percentages.</param>
/// <param name="Recommendation">What the author recommends, in his words, or empty.</param>
/// <param name="Code">Patterns in its code.</param>
public sealed record FindingFacts(
    IReadOnlyList<string> AttackVectors,
    IReadOnlyList<string> Preconditions,
    IReadOnlyList<NamedAmount> Amounts,
    string Recommendation,
    IReadOnlyList<CodeEvidence> Code);
