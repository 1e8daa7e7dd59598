namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>Mean and spread of one direction's values, on the scale log2(1 + value in finney), by Welford's method (1962).</summary>
internal struct ValueProfile
{
    public int Count;
    public float Mean;
    public float SquaredDeviations;

    /// <summary>log2(1 + 1000 x ether): a thousandth of an ether is 1, an ether about 10, a thousand ether about 20.</summary>
    public static double Scale(double ether) => Math.Log2(1 + (1000 * ether));

    public void Add(double scaled)
    {
        Count++;
        double delta = scaled - Mean;
        double mean = Mean + (delta / Count);
        SquaredDeviations = (float)(SquaredDeviations + (delta * (scaled - mean)));
        Mean = (float)mean;
    }

    public readonly double Deviation => Count < 2 ? 0 : Math.Sqrt(SquaredDeviations / (Count - 1));
}
