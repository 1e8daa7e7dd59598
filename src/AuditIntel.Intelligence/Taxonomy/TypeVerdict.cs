namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>What the rules say of a finding.</summary>
/// <param name="Type">The type, or null when the evidence is too weak.</param>
/// <param name="Confidence">0 to 1: the type's share of all evidence, lowered while there is little of it.</param>
/// <param name="Evidence">The terms that spoke for the type, strongest first.</param>
public sealed record TypeVerdict(VulnerabilityType? Type, double Confidence, IReadOnlyList<string> Evidence);
