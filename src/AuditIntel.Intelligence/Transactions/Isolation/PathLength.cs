namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>The average path length c(n) of an unsuccessful search in a binary search tree of n keys, equation 1 of Liu, Ting, Zhou 2008.</summary>
internal static class PathLength
{
    private const double EulerGamma = 0.5772156649015329;

    public static double Average(int keys) => keys switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(keys - 1) + EulerGamma)) - (2.0 * (keys - 1) / keys),
    };
}
