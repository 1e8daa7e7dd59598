namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Puts clusters together by average linkage (Sokal and Michener 1958), those that fit best first, as long as the probability of their pairs is high enough on
/// average. Pairs that were not scored count as none.
/// </summary>
internal static class AverageLinkage
{
    /// <summary>Pairs less likely than that count as none.</summary>
    private const double LeastProbability = 0.01;

    /// <param name="clusters">Of each finding the number that stands for its cluster to begin with; clusters are named by their lowest number.</param>
    /// <param name="pairs">Places in <paramref name="clusters"/> of the pairs that were scored.</param>
    /// <param name="probabilities">Of each pair.</param>
    /// <param name="least">Least average probability.</param>
    /// <returns>The cluster that went, the older one that took its members, and their average probability, in the order in which they were put together.</returns>
    public static IReadOnlyList<(int Gone, int Into, double Fit)> Merge(ReadOnlySpan<int> clusters, ReadOnlySpan<(int Later, int Earlier)> pairs, ReadOnlySpan<double> probabilities, double least)
    {
        var sizes = new Dictionary<int, int>();
        foreach (int cluster in clusters)
        {
            sizes[cluster] = sizes.GetValueOrDefault(cluster) + 1;
        }

        var bonds = new ContestBonds(int.MaxValue);
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            (int a, int b) = (clusters[pairs[pair].Later], clusters[pairs[pair].Earlier]);
            if (a != b && probabilities[pair] >= LeastProbability)
            {
                bonds.Bind(a, b, new Bond(probabilities[pair], 1));
            }
        }

        // What is no longer as it was when it was queued is skipped: it was queued again.
        var queue = new PriorityQueue<(int Older, int Younger, double Fit), (double Doubt, int Older, int Younger)>();
        foreach (int cluster in sizes.Keys)
        {
            Enqueue(cluster, onlyYounger: true);
        }

        var merged = new List<(int, int, double)>();
        while (queue.TryDequeue(out (int Older, int Younger, double Fit) best, out _))
        {
            if (sizes.ContainsKey(best.Older) && sizes.ContainsKey(best.Younger) && Fit(best.Older, best.Younger) == best.Fit)
            {
                bonds.Move(best.Younger, best.Older);
                sizes.Remove(best.Younger, out int members);
                sizes[best.Older] += members;
                merged.Add((best.Younger, best.Older, best.Fit));
                Enqueue(best.Older, onlyYounger: false);
            }
        }

        return merged;

        double Fit(int a, int b) => bonds.Between(a, b).Sum / ((double)sizes[a] * sizes[b]);

        void Enqueue(int cluster, bool onlyYounger)
        {
            foreach (int other in bonds.BoundTo(cluster))
            {
                if ((other > cluster || !onlyYounger) && Fit(cluster, other) is var fit && fit >= least)
                {
                    (int older, int younger) = (Math.Min(cluster, other), Math.Max(cluster, other));
                    queue.Enqueue((older, younger, fit), (-fit, older, younger));
                }
            }
        }
    }
}
