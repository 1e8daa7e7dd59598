namespace AuditIntel.Intelligence.Findings.Code;

/// <summary>What a piece of Solidity source is.</summary>
public enum SolidityTokenKind
{
    Identifier,
    Number,
    Text,
    Symbol,
    Comment,
}
