namespace AuditIntel.Intelligence.Findings.Prediction;

/// <summary>What a model was made from.</summary>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Findings">Findings read.</param>
/// <param name="GroupedFindings">Those that judges have grouped.</param>
/// <param name="SeverityFindings">Those with a severity to learn from.</param>
/// <param name="BugClassFindings">Those with a class of Web3Bugs.</param>
public sealed record FindingsTrainingRecord(long Seed, int Findings, int GroupedFindings, int SeverityFindings, int BugClassFindings);
