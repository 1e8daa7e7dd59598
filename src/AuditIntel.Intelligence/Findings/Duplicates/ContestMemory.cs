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
    private readonly Queue<int> _newest = new();

    public ContestStatistics Statistics { get; } = new(history);

    /// <value>Findings whose weights are kept.</value>
    public int Weighted => _weighted.Count;

    /// <value>The newest findings, at most <see cref="MaturePairs.MostFindings"/>, in their order.</value>
    public int[] Newest => [.. _newest];

    /// <summary>Takes in the contest's newest finding.</summary>
    public WeightedSketch Add(int finding, FindingSketch sketch)
    {
        if (_newest.Count == MaturePairs.MostFindings)
        {
            _newest.Dequeue();
        }

        _newest.Enqueue(finding);
        return Weigh(finding, sketch);
    }

    /// <summary>All pairs of the newest findings that are worth a look, weighed by all that is known of the contest now.</summary>
    public MaturePairs Mature(SketchArchive sketches) =>
        MaturePairs.Of([.. _newest.Select(finding => Weigh(finding, _weighted.TryGetValue(finding, out WeightedSketch? weighted) ? weighted.Sketch : sketches[finding]))]);

    /// <summary>Weighs a finding before it, anew where need be.</summary>
    public WeightedSketch Weigh(int finding, SketchArchive sketches)
    {
        if (!_weighted.TryGetValue(finding, out WeightedSketch? weighted))
        {
            return Weigh(finding, sketches[finding]);
        }

        return Statistics.Findings > (weighted.MadeAt + 4) * Growth ? Weigh(finding, weighted.Sketch) : weighted;
    }

    private WeightedSketch Weigh(int finding, FindingSketch sketch)
    {
        if (_weighted.Count == MostWeighted)
        {
            _weighted.Clear();
        }

        var weighted = new WeightedSketch(sketch, Statistics);
        _weighted[finding] = weighted;
        return weighted;
    }
}
