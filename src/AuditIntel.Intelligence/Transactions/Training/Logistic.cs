namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>Log-odds, probabilities and their loss.</summary>
internal static class Logistic
{
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>Log-odds of a probability, kept within +-16.</summary>
    public static double LogOdds(double probability)
    {
        double kept = Math.Clamp(probability, 1.2e-7, 1 - 1.2e-7);
        return Math.Log(kept / (1 - kept));
    }

    /// <summary>Mean log loss of log-odds.</summary>
    public static double Loss(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> labels)
    {
        double sum = 0;
        for (int i = 0; i < logOdds.Length; i++)
        {
            double wrong = labels[i] ? -logOdds[i] : logOdds[i];
            sum += wrong > 30 ? wrong : Math.Log(1 + Math.Exp(wrong));
        }

        return sum / logOdds.Length;
    }
}
