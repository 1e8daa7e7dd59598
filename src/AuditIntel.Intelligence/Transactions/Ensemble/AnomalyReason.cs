using AuditIntel.Intelligence.Transactions.Features;

namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>One reason why a transaction is suspicious.</summary>
/// <param name="Feature">What stands out.</param>
/// <param name="Value">Its value here.</param>
/// <param name="UsualLow">5 % of the ordinary training rows are below.</param>
/// <param name="UsualHigh">5 % of the ordinary training rows are above.</param>
/// <param name="Contribution">What it adds to the log-odds of the probability; all features' contributions and a constant sum up to them.</param>
public sealed record AnomalyReason(FeatureDefinition Feature, float Value, float UsualLow, float UsualHigh, double Contribution)
{
    /// <value>Whether the value itself is outside its usual range; if not, it counts by what it goes with.</value>
    public bool IsUnusual => Value < UsualLow || Value > UsualHigh;
}
