using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Prediction;

namespace AuditIntel.Cli.Display;

/// <summary>What <c>auditintel predict</c> prints.</summary>
internal sealed record PredictionAnswer(FindingPrediction Prediction, IReadOnlyList<DuplicateMatch> Similar);
