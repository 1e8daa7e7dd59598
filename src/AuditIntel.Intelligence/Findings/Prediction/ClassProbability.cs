namespace AuditIntel.Intelligence.Findings.Prediction;

/// <summary>A class and how probable it is.</summary>
public sealed record ClassProbability(string Name, double Probability);
