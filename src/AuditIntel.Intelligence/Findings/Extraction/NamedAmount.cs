namespace AuditIntel.Intelligence.Findings.Extraction;

/// <summary>A sum or a share that a text names.</summary>
/// <param name="Value">The number, thousands and suffixes resolved.</param>
/// <param name="Unit">USD, %, or the token's symbol.</param>
/// <param name="Text">As it stands there.</param>
public sealed record NamedAmount(decimal Value, string Unit, string Text);
