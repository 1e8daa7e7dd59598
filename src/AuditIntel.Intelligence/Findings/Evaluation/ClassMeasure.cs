namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>One class of a classifier, judged.</summary>
/// <param name="Name">The class.</param>
/// <param name="Judged">Findings that are of it.</param>
/// <param name="Precision">Share of those called so that are.</param>
/// <param name="Recall">Share of those that are that were called so.</param>
/// <param name="F1">Harmonic mean.</param>
public sealed record ClassMeasure(string Name, int Judged, double Precision, double Recall, double F1);
