namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// What the stream remembers of a chain as a whole: the recent median of the gas price, by the frugal estimate of Ma, Muthukrishnan and
/// Sandler (2013) on the logarithm. Each record moves it by a step towards itself: <see cref="Step"/>, so
/// that it follows a doubled price within about 25 records, and more while there are few records, so that a strange first one is soon forgotten.
/// </summary>
/// <param name="Count">Records so far.</param>
/// <param name="GasPriceLog2">log2 of the median gas price in gwei.</param>
public readonly record struct ChainState(long Count, double GasPriceLog2)
{
    /// <summary>A move on the log2 scale.</summary>
    private const double Step = 0.04;

    /// <summary>The sum of the first n moves grows as this times ln(n).</summary>
    private const double FirstStep = 4;

    /// <summary>log2 of the price over the recent median; 0 for the first record of a chain.</summary>
    internal double Relative(double gasPriceGwei) => Count == 0 ? 0 : Log(gasPriceGwei) - GasPriceLog2;

    internal ChainState Add(double gasPriceGwei)
    {
        double log = Log(gasPriceGwei);
        double step = Math.Max(Step, FirstStep / (Count + 1));
        return Count == 0
            ? new ChainState(1, log)
            : new ChainState(Count + 1, Math.Abs(log - GasPriceLog2) <= step ? log : GasPriceLog2 + (step * Math.Sign(log - GasPriceLog2)));
    }

    // A millionth of a gwei (1 000 wei) stands for free.
    private static double Log(double gwei) => Math.Log2(Math.Max(gwei, 1e-6));
}
