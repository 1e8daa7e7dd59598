using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>
/// How the three models make one calibrated probability: a logistic function of the boosted trees' log-odds, of log2 of the forest's score and of the
/// baseline's mean deviation (stacking, Wolpert 1992; Platt scaling 1999), fitted on accounts that no tree has seen. Every input is itself a
/// sum over features, and so is the result: that is what makes the reasons add up.
/// </summary>
/// <param name="Supervised">Weight of the boosted trees' log-odds.</param>
/// <param name="Forest">Weight of log2 of the isolation forest's score.</param>
/// <param name="Baseline">Weight of the mean deviation.</param>
/// <param name="Intercept">Log-odds where all three are 0.</param>
public readonly record struct EnsembleWeights(double Supervised, double Forest, double Baseline, double Intercept)
{
    internal double LogOdds(double supervised, double forest, double baseline) =>
        (Supervised * supervised) + (Forest * Math.Log2(forest)) + (Baseline * baseline) + Intercept;

    /// <param name="supervised">Log-odds of each row.</param>
    /// <param name="forest">Scores of each row.</param>
    /// <param name="baseline">Mean deviations.</param>
    /// <param name="labels">The answers.</param>
    internal static EnsembleWeights Fit(ReadOnlySpan<double> supervised, ReadOnlySpan<double> forest, ReadOnlySpan<double> baseline, ReadOnlySpan<bool> labels)
    {
        double[] inputs = new double[labels.Length * 3];
        for (int row = 0; row < labels.Length; row++)
        {
            inputs[row * 3] = supervised[row];
            inputs[(row * 3) + 1] = Math.Log2(forest[row]);
            inputs[(row * 3) + 2] = baseline[row];
        }

        double[] weights = LogisticRegression.Fit(inputs, labels, 3);
        return new EnsembleWeights(weights[0], weights[1], weights[2], weights[3]);
    }
}
