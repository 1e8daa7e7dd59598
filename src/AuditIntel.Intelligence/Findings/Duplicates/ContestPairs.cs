using System.Runtime.InteropServices;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>A judged contest lived through: the candidates of each finding as they were when it came, and the pairs of the whole contest, with features and answers.</summary>
internal sealed class ContestPairs
{
    private readonly int[] _first;
    private readonly int[] _candidates;
    private readonly float[] _features;

    private ContestPairs(string contest, int[] groups, int[] first, int[] candidates, float[] features, MaturePairs mature)
    {
        (Contest, Groups, _first, _candidates, _features, Mature) = (contest, groups, first, candidates, features, mature);
        Live = LabelledPairs.Of(
            groups, [.. Enumerable.Range(0, groups.Length).SelectMany(finding => candidates[first[finding]..first[finding + 1]].Select(other => (finding, other)))], features);
        Whole = LabelledPairs.Of(groups, mature.Places, mature.Features);
    }

    public string Contest { get; }

    /// <value>By finding, in their order; -1 where nobody has grouped it.</value>
    public int[] Groups { get; }

    /// <value>Pairs of the whole contest.</value>
    public MaturePairs Mature { get; }

    /// <value>Candidates as they were when findings came, those that have an answer.</value>
    public LabelledPairs Live { get; }

    /// <value>Pairs of the whole contest that have an answer.</value>
    public LabelledPairs Whole { get; }

    public static ContestPairs LiveThrough(string contest, IReadOnlyList<(FindingSketch Sketch, string? Group)> findings, TermStatistics history)
    {
        var finder = new CandidateFinder(history);
        var numbers = new Dictionary<string, int>();
        int[] groups = new int[findings.Count];
        int[] first = new int[findings.Count + 1];
        var candidates = new List<int>();
        var features = new List<float>();
        for (int i = 0; i < findings.Count; i++)
        {
            groups[i] = -1;
            if (findings[i].Group is { } group)
            {
                numbers.TryAdd(group, numbers.Count);
                groups[i] = numbers[group];
            }

            candidates.AddRange(finder.Next(findings[i].Sketch, out ReadOnlySpan<float> rows));
            features.AddRange(rows);
            first[i + 1] = candidates.Count;
        }

        return new ContestPairs(contest, groups, first, [.. candidates], [.. features], finder.Mature(findings[0].Sketch.Contest)!.Value.Pairs);
    }

    /// <summary>Clusters of the findings, lived through as a detector does.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The canonical finding of each when the last has come, and when the contest has paused.</returns>
    public (int[] Live, int[] Settled) Cluster(DuplicateModel model)
    {
        double[] probabilities = new double[_candidates.Length];
        model.Score(_features, probabilities);
        var clusters = new DuplicateClusters(DuplicateModel.Clear);
        var pairs = new List<ScoredPair>();
        for (int finding = 0; finding < Groups.Length; finding++)
        {
            pairs.Clear();
            for (int at = _first[finding]; at < _first[finding + 1]; at++)
            {
                pairs.Add(new ScoredPair(_candidates[at], probabilities[at]));
            }

            clusters.Add(0, finding, CollectionsMarshal.AsSpan(pairs));
        }

        int[] all = [.. Enumerable.Range(0, Groups.Length)];
        int[] live = [.. all.Select(clusters.CanonicalOf)];
        clusters.Settle(0, all.AsSpan(^Mature.Findings..), Mature.Places, model.Score(Mature), DuplicateModel.Settled);
        return (live, [.. all.Select(clusters.CanonicalOf)]);
    }

    /// <summary>Pairs over the judged findings.</summary>
    public (long Said, long True, long Both) Judge(int[] clusters)
    {
        (int[] said, int[] truth) = Judged(clusters);
        return ClusterMeasures.Pairs(said, truth);
    }

    public PrecisionRecall BCubed(int[] clusters)
    {
        (int[] said, int[] truth) = Judged(clusters);
        return ClusterMeasures.BCubed(said, truth);
    }

    private (int[] Said, int[] Truth) Judged(int[] clusters)
    {
        int[] judged = [.. Enumerable.Range(0, Groups.Length).Where(i => Groups[i] >= 0)];
        return ([.. judged.Select(i => clusters[i])], [.. judged.Select(i => Groups[i])]);
    }
}
