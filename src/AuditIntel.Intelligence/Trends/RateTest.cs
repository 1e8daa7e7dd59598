namespace AuditIntel.Intelligence.Trends;

/// <summary>
/// Whether two counts from spans of equal length can come from one rate: given their sum, one of them is binomial with one half, if so (Przyborowski and Wilenski,
/// Biometrika 31, 1940). Exact, so it holds for the small counts that most types of findings have.
/// </summary>
public static class RateTest
{
    private const int Tabled = 256;

    private static readonly double[] LogFactorials = Table();

    /// <summary>Probability of counts at least as far apart, either way round, under one rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double TwoSided(long count, long other)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(other);
        long least = Math.Min(count, other);
        long sum = count + other;
        if (count == other)
        {
            return 1;
        }

        // The terms fall from the greatest, so what is left out is below what a double holds.
        double term = Math.Exp(LogFactorial(sum) - LogFactorial(least) - LogFactorial(sum - least) - (sum * Math.Log(2)));
        double tail = 0;
        for (long k = least; k >= 0 && term > 0; k--)
        {
            tail += term;
            term = term > tail * 1e-17 ? term * k / (sum - k + 1) : 0;
        }

        return Math.Min(1, 2 * tail);
    }

    private static double LogFactorial(long n)
    {
        if (n < Tabled)
        {
            return LogFactorials[n];
        }

        // Stirling's series; its error is below 1 / (1680 n^7).
        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * x * x * x * x * x));
    }

    private static double[] Table()
    {
        double[] table = new double[Tabled];
        for (int i = 2; i < Tabled; i++)
        {
            table[i] = table[i - 1] + Math.Log(i);
        }

        return table;
    }
}
