using AuditIntel.Intelligence.Findings.Classification;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>A labelled finding with its reading, made once for all models.</summary>
internal sealed record ReadFinding(LabelledFinding Labelled, FindingReading Reading);
