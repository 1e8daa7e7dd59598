namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>How much of what was said is right, and how much of what is right was said.</summary>
/// <param name="Precision">0 to 1.</param>
/// <param name="Recall">0 to 1.</param>
public sealed record PrecisionRecall(double Precision, double Recall)
{
    /// <value>Harmonic mean, 0 where both are 0.</value>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}
