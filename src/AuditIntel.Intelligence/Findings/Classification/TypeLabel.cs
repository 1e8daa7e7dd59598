namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>A type that a finding may have.</summary>
/// <param name="TypeId">Id in the taxonomy.</param>
/// <param name="Confidence">0 to 1: how often such a verdict agrees with the people who made Web3Bugs.</param>
/// <param name="Evidence">Terms of the taxonomy that were found, strongest first.</param>
public sealed record TypeLabel(string TypeId, double Confidence, IReadOnlyList<string> Evidence);
