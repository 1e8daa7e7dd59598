namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Groups findings as they come, by average linkage over the pairs that were scored. A finding joins the cluster that it fits best at once where the
/// evidence is clear; what is doubtful waits until the contest is settled, when it is judged by all that has come. Clusters only ever merge, and the finding
/// that came first stands for its cluster for ever. Single owner.
/// </summary>
/// <param name="threshold">Least average probability at which a contest of which nothing is known yet puts clusters together.</param>
internal sealed class DuplicateClusters(double threshold)
{
    /// <summary>Least fit of what is put together at once, as a share of the clusters' expected F1; settling asks for half of that F1.</summary>
    private const double Clear = 0.9;

    private const double Settled = 0.5;

    private readonly List<int> _clusterOf = [];
    private readonly List<int> _next = [];
    private readonly List<int> _size = [];
    private readonly RecentContests<ContestBonds> _contests = new(() => new ContestBonds(threshold));

    /// <summary>The finding that stands for a finding's cluster: the first that came.</summary>
    public int CanonicalOf(int finding) => _clusterOf[finding];

    /// <summary>Least fit at which clusters of a contest are put together when it is settled, as of now.</summary>
    public double ThresholdOf(uint contest) => Settled * _contests.Of(contest).ExpectedF1;

    /// <summary>Takes in the next finding.</summary>
    /// <param name="finding">Its number, one more than the last.</param>
    /// <param name="contest">Hash of its contest.</param>
    /// <param name="pairs">Scored pairs with findings of the contest before it.</param>
    /// <param name="merged">Called with the canonical finding that went and the one that took its members.</param>
    /// <returns>The canonical finding.</returns>
    public int Add(int finding, uint contest, ReadOnlySpan<ScoredPair> pairs, Action<int, int>? merged = null)
    {
        _clusterOf.Add(finding);
        _next.Add(finding);
        _size.Add(1);
        ContestBonds bonds = _contests.Of(contest);
        foreach (ScoredPair pair in pairs)
        {
            bonds.Score(finding, _clusterOf[pair.Finding], pair.Probability);
        }

        int at = finding;
        while (Closest(bonds, at) is var (other, fit) && other >= 0 && fit >= Clear * bonds.ExpectedF1)
        {
            (int older, int younger) = other < at ? (other, at) : (at, other);
            Merge(bonds, older, younger, fit);
            if (younger != finding)
            {
                merged?.Invoke(younger, older);
            }

            at = older;
        }

        return at;
    }

    /// <summary>
    /// Merges all clusters of a contest that its evidence binds, those that fit best first, until another merge would lower the expected F1. To be called
    /// when a contest is over or has paused; findings may still come afterwards.
    /// </summary>
    /// <param name="contest">Hash of the contest; nothing happens when it is none of the last.</param>
    /// <param name="merged">Called with the canonical finding that went and the one that took its members.</param>
    public void Settle(uint contest, Action<int, int>? merged = null)
    {
        if (_contests.Find(contest) is not { } bonds)
        {
            return;
        }

        // What is no longer as it was when it was queued is skipped: it was queued again.
        var queue = new PriorityQueue<(int A, int B, double Fit), (double Doubt, int A, int B)>();
        foreach ((int a, int b) in bonds.All)
        {
            Enqueue(queue, a, b, Fit(bonds, a, b));
        }

        while (queue.TryDequeue(out (int A, int B, double Fit) best, out _) && best.Fit >= Settled * bonds.ExpectedF1)
        {
            if (_clusterOf[best.A] == best.A && _clusterOf[best.B] == best.B && Fit(bonds, best.A, best.B) == best.Fit)
            {
                Merge(bonds, best.A, best.B, best.Fit);
                merged?.Invoke(best.B, best.A);
                foreach (int other in bonds.BoundTo(best.A))
                {
                    Enqueue(queue, Math.Min(best.A, other), Math.Max(best.A, other), Fit(bonds, best.A, other));
                }
            }
        }
    }

    private static void Enqueue(PriorityQueue<(int A, int B, double Fit), (double Doubt, int A, int B)> queue, int a, int b, double fit) =>
        queue.Enqueue((a, b, fit), (-fit, a, b));

    private (int Other, double Fit) Closest(ContestBonds bonds, int cluster)
    {
        (int Other, double Fit) best = (-1, -1);
        foreach (int other in bonds.BoundTo(cluster))
        {
            double fit = Fit(bonds, cluster, other);
            if (fit > best.Fit || (fit == best.Fit && other < best.Other))
            {
                best = (other, fit);
            }
        }

        return best;
    }

    // Pairs that nobody scored were no candidates, which speaks against them, as far as they could have been.
    private double Fit(ContestBonds bonds, int a, int b)
    {
        double possible = (double)Math.Min(_size[a], CandidateFinder.MostCandidates) * Math.Min(_size[b], CandidateFinder.MostCandidates);
        return Math.Min(1, bonds.Sum(a, b) / possible);
    }

    private void Merge(ContestBonds bonds, int older, int younger, double fit)
    {
        bonds.Merge(older, younger, fit, (double)_size[older] * _size[younger]);
        int member = younger;
        do
        {
            _clusterOf[member] = older;
            member = _next[member];
        }
        while (member != younger);
        (_next[older], _next[younger]) = (_next[younger], _next[older]);
        _size[older] += _size[younger];
    }
}
