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

    /// <value>
    /// Least severity of a transaction that the isolation forest finds rarer than 999 of 1 000 ordinary ones, whatever the probability: what nobody has
    /// labelled yet looks like this. Medium by default; None turns it off.
    /// </value>
    public AnomalySeverity Rare { get; init; } = AnomalySeverity.Medium;

    /// <param name="probability">The ensemble's.</param>
    /// <param name="isRare">Whether the forest finds it rare.</param>
    public AnomalySeverity Of(double probability, bool isRare)
    {
        AnomalySeverity byProbability = OfProbability(probability);
        return isRare && Rare > byProbability ? Rare : byProbability;
    }

    /// <summary>What is wrong with the thresholds, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (!(Low >= 0 && Low <= Medium && Medium <= High && High <= Critical && Critical <= 1))
        {
            yield return $"The severity thresholds are {Low}, {Medium}, {High} and {Critical}: they must ascend from low to critical, between 0 and 1.";
        }
    }

    private AnomalySeverity OfProbability(double probability) =>
        probability >= Critical ? AnomalySeverity.Critical
        : probability >= High ? AnomalySeverity.High
        : probability >= Medium ? AnomalySeverity.Medium
        : probability >= Low ? AnomalySeverity.Low
        : AnomalySeverity.None;
}
