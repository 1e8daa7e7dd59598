namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>A finding with what people have judged of it.</summary>
/// <param name="Finding">What a model may see.</param>
/// <param name="Group">Findings of a contest with the same group are one issue; null where nobody has grouped.</param>
/// <param name="BugClass">Class in Web3Bugs, two characters, or null.</param>
public sealed record LabelledFinding(FindingText Finding, string? Group = null, string? BugClass = null);
