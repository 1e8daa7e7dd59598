namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>Least probabilities of the severities.</summary>
public sealed record SeverityThresholds
{
    /// <value>0 to 1; 0.5 by default.</value>
    public double Low { get; init; } = 0.5;

    /// <value>0 to 1; 0.8 by default.</value>
    public double Medium { get; init; } = 0.8;

    /// <value>0 to 1; 0.95 by default.</value>
    public double High { get; init; } = 0.95;

    /// <value>0 to 1; 0.99 by default.</value>
    public double Critical { get; init; } = 0.99;

    public AnomalySeverity Of(double probability) =>
        probability >= Critical ? AnomalySeverity.Critical
        : probability >= High ? AnomalySeverity.High
        : probability >= Medium ? AnomalySeverity.Medium
        : probability >= Low ? AnomalySeverity.Low
        : AnomalySeverity.None;

    /// <summary>What is wrong with the thresholds, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (!(Low >= 0 && Low <= Medium && Medium <= High && High <= Critical && Critical <= 1))
        {
            yield return $"The severity thresholds are {Low}, {Medium}, {High} and {Critical}: they must ascend from low to critical, between 0 and 1.";
        }
    }
}
