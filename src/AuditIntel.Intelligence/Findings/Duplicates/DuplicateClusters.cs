using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Groups findings as they come, by average linkage over the pairs that were scored: a finding joins the cluster that it fits best, if it fits well
/// enough on average; clusters that new pairs bind together merge. The finding that came first stands for its cluster for ever: when clusters merge, the
/// older one's stays.
/// </summary>
internal sealed class DuplicateClusters(double threshold)
{
    /// <summary>Members that a finding is held against at most: a large cluster's members cannot all be candidates.</summary>
    public const int MostHeld = 5;

    private readonly List<int> _clusterOf = [];
    private readonly Dictionary<int, List<int>> _members = [];
    private readonly Dictionary<long, Bond> _bonds = [];
    private readonly Dictionary<int, List<int>> _bound = [];

    /// <summary>The finding that stands for a finding's cluster: the first that came.</summary>
    public int CanonicalOf(int finding) => _clusterOf[finding];

    public IReadOnlyList<int> MembersOf(int canonical) => _members[canonical];

    /// <summary>Takes in the next finding.</summary>
    /// <param name="finding">Its number, one more than the last.</param>
    /// <param name="pairs">Scored pairs with findings before it.</param>
    /// <param name="merged">Called with the canonical finding that went and the one that took its members.</param>
    /// <returns>The canonical finding.</returns>
    public int Add(int finding, ReadOnlySpan<ScoredPair> pairs, Action<int, int>? merged = null)
    {
        _clusterOf.Add(finding);
        _members[finding] = [finding];
        foreach (ScoredPair pair in pairs)
        {
            Bind(finding, _clusterOf[pair.Finding], pair.Probability, 1);
        }

        int at = finding;
        while (Closest(at) is var (other, fit) && fit >= threshold)
        {
            (int older, int younger) = other < at ? (other, at) : (at, other);
            Merge(older, younger);
            if (younger != finding)
            {
                merged?.Invoke(younger, older);
            }

            at = older;
        }

        return at;
    }

    private static long KeyOf(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;

    private (int Other, double Fit) Closest(int cluster)
    {
        (int Other, double Fit) best = (-1, -1);
        if (_bound.TryGetValue(cluster, out List<int>? others))
        {
            foreach (int other in others)
            {
                double fit = Fit(cluster, other);
                if (fit > best.Fit || (fit == best.Fit && other < best.Other))
                {
                    best = (other, fit);
                }
            }
        }

        return best;
    }

    // Pairs that nobody scored were no candidates, which speaks against them, as far as they could have been.
    private double Fit(int a, int b)
    {
        Bond bond = _bonds[KeyOf(a, b)];
        long possible = (long)Math.Min(_members[a].Count, MostHeld) * Math.Min(_members[b].Count, MostHeld);
        return bond.Sum / Math.Max(bond.Pairs, possible);
    }

    private void Bind(int a, int b, double sum, int pairs)
    {
        ref Bond bond = ref CollectionsMarshal.GetValueRefOrAddDefault(_bonds, KeyOf(a, b), out bool known);
        bond = new Bond(bond.Sum + sum, bond.Pairs + pairs);
        if (!known)
        {
            BoundOf(a).Add(b);
            BoundOf(b).Add(a);
        }
    }

    private List<int> BoundOf(int cluster)
    {
        ref List<int>? bound = ref CollectionsMarshal.GetValueRefOrAddDefault(_bound, cluster, out _);
        return bound ??= [];
    }

    private void Merge(int older, int younger)
    {
        foreach (int member in _members[younger])
        {
            _clusterOf[member] = older;
            _members[older].Add(member);
        }

        _members.Remove(younger);
        if (_bound.Remove(younger, out List<int>? others))
        {
            foreach (int other in others)
            {
                _bonds.Remove(KeyOf(younger, other), out Bond bond);
                _bound[other].Remove(younger);
                if (other != older)
                {
                    Bind(older, other, bond.Sum, bond.Pairs);
                }
            }
        }
    }

    private readonly record struct Bond(double Sum, int Pairs);
}
