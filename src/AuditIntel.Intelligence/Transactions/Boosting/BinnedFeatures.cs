namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>
/// Every feature cut into at most 255 bins of about equally many rows, as LightGBM does (Ke et al., NIPS 2017): growing then only looks at bytes.
/// A value belongs to the first bin whose upper bound is not below it.
/// </summary>
internal sealed class BinnedFeatures
{
    public const int MostBins = 255;
    private const int MostRowsForBounds = 100_000;

    private BinnedFeatures(int rows, byte[][] bins, float[][] bounds) => (Rows, Bins, Bounds) = (rows, bins, bounds);

    public int Rows { get; }

    public int Width => Bins.Length;

    /// <value>By feature, then by row.</value>
    public byte[][] Bins { get; }

    /// <value>By feature: the upper bounds of all bins but the last, ascending, each halfway to the next value that was seen.</value>
    public float[][] Bounds { get; }

    public static BinnedFeatures Of(ReadOnlySpan<float> rows, int width)
    {
        int count = rows.Length / width;
        byte[][] bins = new byte[width][];
        float[][] bounds = new float[width][];
        // Bounds need no more than a sample; a fixed stride keeps it the same every time.
        int stride = Math.Max(1, count / MostRowsForBounds);
        float[] values = new float[(count + stride - 1) / stride];
        for (int feature = 0; feature < width; feature++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = rows[(i * stride * width) + feature];
            }

            Array.Sort(values);
            bounds[feature] = BoundsOf(values);
            byte[] column = bins[feature] = new byte[count];
            for (int row = 0; row < count; row++)
            {
                column[row] = BinOf(bounds[feature], rows[(row * width) + feature]);
            }
        }

        return new BinnedFeatures(count, bins, bounds);
    }

    private static byte BinOf(float[] bounds, float value)
    {
        int low = 0;
        int high = bounds.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (value > bounds[middle])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (byte)low;
    }

    private static float[] BoundsOf(float[] sorted)
    {
        var bounds = new List<float>();
        double perBin = (double)sorted.Length / MostBins;
        double next = perBin;
        for (int i = 1; i < sorted.Length && bounds.Count < MostBins - 1; i++)
        {
            if (sorted[i] == sorted[i - 1] || i < next)
            {
                continue;
            }

            float halfway = (float)(((double)sorted[i - 1] + sorted[i]) / 2);
            bounds.Add(halfway < sorted[i] ? halfway : sorted[i - 1]);
            next = Math.Max(next, i) + perBin;
        }

        // A feature with few values has a bin for each: rare ones would otherwise melt into their neighbours.
        float[] distinct = [.. sorted.Distinct().Take(MostBins + 1)];
        return distinct.Length > MostBins || bounds.Count >= distinct.Length - 1
            ? [.. bounds]
            : [.. distinct.Zip(distinct.Skip(1), (a, b) => (float)(((double)a + b) / 2) is var halfway && halfway < b ? halfway : a)];
    }
}
