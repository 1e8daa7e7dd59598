namespace AuditIntel.Intelligence.Findings.Code;

/// <summary>A pattern in code that speaks for a type.</summary>
/// <param name="TypeId">Id in the taxonomy.</param>
/// <param name="Pattern">What was seen, in words.</param>
/// <param name="Line">Line of the code, from 1.</param>
public sealed record CodeEvidence(string TypeId, string Pattern, int Line);
