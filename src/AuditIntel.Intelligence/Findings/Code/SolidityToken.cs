namespace AuditIntel.Intelligence.Findings.Code;

/// <summary>A piece of Solidity source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Characters.</param>
public readonly record struct SolidityToken(SolidityTokenKind Kind, int Start, int Length);
