using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of a contest while findings of it arrive: its statistics, and the weighted sketches of what came before.</summary>
internal sealed class ContestMemory(TermStatistics history)
{
    /// <summary>Weights are made anew when the contest has grown by a quarter since.</summary>
    private const double Growth = 1.25;

    private readonly Dictionary<int, WeightedSketch> _weighted = [];

    private readonly double[] _sums = new double[PairFeatures.Compared.Length];
    private readonly double[] _squares = new double[PairFeatures.Compared.Length];
    private long _pairs;

    public ContestStatistics Statistics { get; } = new(history);

    /// <summary>Counts the pairs of a lookup as usual, and then says how unusual each is, in deviations.</summary>
    /// <param name="rows">Feature vectors one behind the other.</param>
    public void Compare(Span<float> rows)
    {
        for (int i = 0; i < PairFeatures.Compared.Length; i++)
        {
            for (int at = PairFeatures.Compared[i]; at < rows.Length; at += PairFeatures.Width)
            {
                _sums[i] += rows[at];
                _squares[i] += (double)rows[at] * rows[at];
            }
        }

        _pairs += rows.Length / PairFeatures.Width;
        for (int i = 0; i < PairFeatures.Compared.Length; i++)
        {
            double mean = _sums[i] / Math.Max(1, _pairs);
            double deviation = Math.Sqrt(Math.Max(0, (_squares[i] / Math.Max(1, _pairs)) - (mean * mean))) + 0.02;
            for (int row = 0; row < rows.Length; row += PairFeatures.Width)
            {
                rows[row + PairFeatures.FirstUnusual + i] = (float)((rows[row + PairFeatures.Compared[i]] - mean) / deviation);
            }
        }
    }

    public WeightedSketch Weigh(int finding, FindingSketch sketch)
    {
        if (!_weighted.TryGetValue(finding, out WeightedSketch? weighted) || Statistics.Findings > (weighted.MadeAt + 4) * Growth)
        {
            weighted = new WeightedSketch(sketch, Statistics);
            _weighted[finding] = weighted;
        }

        return weighted;
    }
}
