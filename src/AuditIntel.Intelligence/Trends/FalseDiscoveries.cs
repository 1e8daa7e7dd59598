namespace AuditIntel.Intelligence.Trends;

/// <summary>
/// Adjusts the probabilities of many tests for there being many: calling those below 5 % significant keeps the expected share of false ones among them below
/// 5 % (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995).
/// </summary>
public static class FalseDiscoveries
{
    /// <param name="probabilities">Of the tests.</param>
    /// <returns>The adjusted ones in the same order, 0 to 1.</returns>
    public static double[] Adjust(ReadOnlySpan<double> probabilities)
    {
        int count = probabilities.Length;
        double[] sorted = probabilities.ToArray();
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        double[] adjusted = new double[count];
        double least = 1;
        for (int i = count - 1; i >= 0; i--)
        {
            least = Math.Min(least, sorted[i] * count / (i + 1));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
