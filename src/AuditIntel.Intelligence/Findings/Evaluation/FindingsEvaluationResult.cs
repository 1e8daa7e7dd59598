namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>How good the finding models are on what they were not trained on.</summary>
/// <param name="Duplicates">Near-duplicates within a contest.</param>
public sealed record FindingsEvaluationResult(DuplicateJudgement Duplicates);
