namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Groups findings as they come, by average linkage over the pairs that were scored: a finding joins the cluster that it fits best, if it fits well
/// enough on average; clusters that new pairs bind together merge. The finding that came first stands for its cluster for ever: when clusters merge, the
/// older one's stays. A finding takes eight bytes for ever; scored pairs are remembered of the contests touched last.
/// </summary>
internal sealed class DuplicateClusters(double threshold)
{
    /// <summary>Members that a finding is held against at most: a large cluster's members cannot all be candidates.</summary>
    public const int MostHeld = 5;

    /// <summary>Contests whose scored pairs are remembered. One that comes back later keeps its clusters, and new pairs begin to bind them anew.</summary>
    public const int MostContests = 64;

    /// <summary>Pairs of clusters that are remembered of a contest: all of them up to 4 096 findings.</summary>
    public const int MostBonds = 4_096 * CandidateFinder.MostCandidates;

    /// <summary>Pairs of clusters that are remembered of all contests together: about 120 MB.</summary>
    private const long MostOfAll = 2 << 20;

    private readonly List<Place> _places = [];
    private readonly RecentContests<ContestBonds> _contests = new(MostContests, MostOfAll, static () => new ContestBonds(MostBonds), static bonds => bonds.Count);

    /// <value>Findings taken in.</value>
    public int Count => _places.Count;

    /// <value>What grows with every finding.</value>
    public long Bytes => _places.Capacity * 8L;

    /// <summary>The finding that stands for a finding's cluster: the first that came.</summary>
    public int CanonicalOf(int finding)
    {
        Span<Place> places = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places);
        while (places[finding].Into != finding)
        {
            ref Place place = ref places[finding];
            place.Into = places[place.Into].Into;
            finding = place.Into;
        }

        return finding;
    }

    /// <summary>Bonds that are remembered of a contest.</summary>
    public int BondsOf(uint contest) => _contests.TryGet(contest, out ContestBonds? bonds) ? bonds.Count : 0;

    /// <summary>Takes in the next finding.</summary>
    /// <param name="contest">Its contest.</param>
    /// <param name="finding">Its number, one more than the last.</param>
    /// <param name="pairs">Scored pairs with findings of its contest before it.</param>
    /// <param name="merged">Called with the canonical finding that went and the one that took its members.</param>
    /// <returns>The canonical finding.</returns>
    public int Add(uint contest, int finding, ReadOnlySpan<ScoredPair> pairs, Action<int, int>? merged = null)
    {
        ContestBonds bonds = _contests.Of(contest);
        _places.Add(new Place { Into = finding, Members = 1 });
        foreach (ScoredPair pair in pairs)
        {
            bonds.Bind(finding, CanonicalOf(pair.Finding), new Bond(pair.Probability, 1));
        }

        int at = finding;
        while (Closest(bonds, at) is var (other, fit) && fit >= threshold)
        {
            (int older, int younger) = other < at ? (other, at) : (at, other);
            Merge(older, younger);
            bonds.Move(younger, older);
            if (younger != finding)
            {
                merged?.Invoke(younger, older);
            }

            at = older;
        }

        bonds.Prune();
        return at;
    }

    /// <summary>Puts together what all pairs of a contest speak for; findings may still come afterwards.</summary>
    /// <param name="contest">The contest.</param>
    /// <param name="findings">Numbers of its findings.</param>
    /// <param name="pairs">Places among them of the pairs that were scored.</param>
    /// <param name="probabilities">Of each pair.</param>
    /// <param name="least">Least average probability.</param>
    /// <returns>The canonical finding that went, the one that took its members, and the average probability of their pairs.</returns>
    public IReadOnlyList<(int Gone, int Into, double Fit)> Settle(
        uint contest, ReadOnlySpan<int> findings, ReadOnlySpan<(int Later, int Earlier)> pairs, ReadOnlySpan<double> probabilities, double least)
    {
        ContestBonds bonds = _contests.Of(contest);
        int[] clusters = new int[findings.Length];
        for (int i = 0; i < clusters.Length; i++)
        {
            clusters[i] = CanonicalOf(findings[i]);
        }

        IReadOnlyList<(int Gone, int Into, double Fit)> merged = AverageLinkage.Merge(clusters, pairs, probabilities, least);
        foreach ((int gone, int into, _) in merged)
        {
            Merge(into, gone);
            bonds.Move(gone, into);
        }

        return merged;
    }

    private (int Other, double Fit) Closest(ContestBonds bonds, int cluster)
    {
        (int Other, double Fit) best = (-1, -1);
        foreach (int other in bonds.BoundTo(cluster))
        {
            double fit = Fit(bonds.Between(cluster, other), cluster, other);
            if (fit > best.Fit || (fit == best.Fit && other < best.Other))
            {
                best = (other, fit);
            }
        }

        return best;
    }

    // Pairs that nobody scored were no candidates, which speaks against them, as far as they could have been.
    private double Fit(Bond bond, int a, int b)
    {
        long possible = (long)Math.Min(_places[a].Members, MostHeld) * Math.Min(_places[b].Members, MostHeld);
        return bond.Sum / Math.Max(bond.Pairs, possible);
    }

    private void Merge(int older, int younger)
    {
        Span<Place> places = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places);
        places[younger].Into = older;
        places[older].Members += places[younger].Members;
    }

    /// <summary>A finding in the forest of clusters (Galler and Fischer 1964): whom it went into, itself while it is canonical, and how many have gone into it.</summary>
    private struct Place
    {
        public int Into;
        public int Members;
    }
}
