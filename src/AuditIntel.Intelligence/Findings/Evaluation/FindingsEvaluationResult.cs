namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>How good the finding models are on contests that they were not trained on; a part is null where the data hold no labels for it.</summary>
/// <param name="Duplicates">Near-duplicates within a contest.</param>
/// <param name="Severity">High, medium and low of Code4rena's headings, from all of a report's text, as the reference reads it.</param>
/// <param name="SubmittedSeverity">The same from the author's text alone.</param>
/// <param name="BugClass">Classes of Web3Bugs.</param>
public sealed record FindingsEvaluationResult(
    DuplicateJudgement? Duplicates, ClassificationJudgement? Severity, ClassificationJudgement? SubmittedSeverity, ClassificationJudgement? BugClass);
