using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of a contest while findings of it arrive: its statistics, and the weighted sketches of what came before.</summary>
internal sealed class ContestMemory(TermStatistics history)
{
    /// <summary>Weights are made anew when the contest has grown by a quarter since.</summary>
    private const double Growth = 1.25;

    /// <summary>Findings whose weights are kept; of a contest with more they are made again now and then.</summary>
    private const int MostWeighted = 8_192;

    private readonly Dictionary<int, WeightedSketch> _weighted = [];

    public ContestStatistics Statistics { get; } = new(history);

    /// <value>Findings whose weights are kept.</value>
    public int Weighted => _weighted.Count;

    /// <summary>Weighs the contest's newest finding.</summary>
    public WeightedSketch Weigh(int finding, FindingSketch sketch)
    {
        if (_weighted.Count == MostWeighted)
        {
            _weighted.Clear();
        }

        var weighted = new WeightedSketch(sketch, Statistics);
        _weighted[finding] = weighted;
        return weighted;
    }

    /// <summary>Weighs a finding before it, anew where need be.</summary>
    public WeightedSketch Weigh(int finding, SketchArchive sketches)
    {
        if (!_weighted.TryGetValue(finding, out WeightedSketch? weighted))
        {
            return Weigh(finding, sketches[finding]);
        }

        return Statistics.Findings > (weighted.MadeAt + 4) * Growth ? Weigh(finding, weighted.Sketch) : weighted;
    }
}
