namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// A sum over a sliding window in one number: what was added loses weight exponentially with a time constant, so the sum of a steady stream is its
/// amount a time constant (Cohen and Strauss 2003, exponential decay). The owner keeps the time of its last record; all its sums share it.
/// </summary>
internal static class DecayedSum
{
    public const double Hour = 3600;
    public const double Day = 24 * Hour;
    public const double Week = 7 * Day;

    /// <param name="sum">The sum as of <paramref name="elapsed"/> seconds ago.</param>
    /// <param name="elapsed">Seconds, not negative.</param>
    /// <param name="window">Time constant in seconds.</param>
    public static double After(double sum, double elapsed, double window) => sum <= 0 ? 0 : sum * Math.Exp(-elapsed / window);
}
