using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of a contest while findings of it arrive: its statistics, and the weighted sketches of what came before.</summary>
internal sealed class ContestMemory(TermStatistics history)
{
    /// <summary>Weights are made anew when the contest has grown by a quarter since.</summary>
    private const double Growth = 1.25;

    private readonly Dictionary<int, WeightedSketch> _weighted = [];

    public ContestStatistics Statistics { get; } = new(history);

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
