using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>A judged contest lived through: the candidates of each finding as they were when it came, with features and answers.</summary>
internal sealed class ContestPairs
{
    private ContestPairs(string contest, int[] groups, int[] first, int[] candidates, float[] features)
    {
        (Contest, Groups, First, Candidates, Features) = (contest, groups, first, candidates, features);
        var rows = new List<float>();
        var labels = new List<bool>();
        for (int finding = 0; finding < groups.Length; finding++)
        {
            for (int at = first[finding]; at < first[finding + 1]; at++)
            {
                if (groups[finding] >= 0 && groups[candidates[at]] >= 0)
                {
                    rows.AddRange(features.AsSpan(at * PairFeatures.Width, PairFeatures.Width));
                    labels.Add(groups[finding] == groups[candidates[at]]);
                }
            }
        }

        (Rows, Labels) = ([.. rows], [.. labels]);
    }

    public string Contest { get; }

    /// <value>By finding, in their order; -1 where nobody has grouped it.</value>
    public int[] Groups { get; }

    /// <value>By finding: where its candidates begin; one more at the end.</value>
    public int[] First { get; }

    public int[] Candidates { get; }

    public float[] Features { get; }

    /// <value>Vectors of the pairs that have an answer.</value>
    public float[] Rows { get; }

    public bool[] Labels { get; }

    public static ContestPairs Live(string contest, IReadOnlyList<(FindingSketch Sketch, string? Group)> findings, TermStatistics history)
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

        return new ContestPairs(contest, groups, first, [.. candidates], [.. features]);
    }

    /// <summary>Clusters of the findings at a threshold.</summary>
    /// <param name="probabilities">Of all candidates.</param>
    /// <param name="threshold">Least average probability.</param>
    /// <returns>The canonical finding of each.</returns>
    public int[] Cluster(double[] probabilities, double threshold)
    {
        var clusters = new DuplicateClusters(threshold);
        var pairs = new List<ScoredPair>();
        for (int finding = 0; finding < Groups.Length; finding++)
        {
            pairs.Clear();
            for (int at = First[finding]; at < First[finding + 1]; at++)
            {
                pairs.Add(new ScoredPair(Candidates[at], probabilities[at]));
            }

            clusters.Add(0, finding, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs));
        }

        return [.. Enumerable.Range(0, Groups.Length).Select(clusters.CanonicalOf)];
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
