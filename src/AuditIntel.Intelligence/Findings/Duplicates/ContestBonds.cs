using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// How likely clusters of one contest are the same issue, as far as pairs of their members were scored: the sum of the probabilities and how many there
/// were. Bounded: of too many bonds the weaker half goes, which contests of a few thousand findings never come to.
/// </summary>
internal sealed class ContestBonds(int most)
{
    private readonly Dictionary<long, Bond> _bonds = [];
    private readonly Dictionary<int, List<int>> _bound = [];

    public int Count => _bonds.Count;

    /// <value>Clusters that have a bond.</value>
    public int Clusters => _bound.Count;

    /// <summary>Clusters that a cluster has bonds with, in no order.</summary>
    public ReadOnlySpan<int> BoundTo(int cluster) => _bound.TryGetValue(cluster, out List<int>? others) ? CollectionsMarshal.AsSpan(others) : [];

    /// <summary>What binds two clusters; nothing where no pair of theirs is remembered.</summary>
    public Bond Between(int a, int b) => _bonds.GetValueOrDefault(KeyOf(a, b));

    /// <summary>Adds to what binds two clusters.</summary>
    public void Bind(int a, int b, Bond more)
    {
        ref Bond bond = ref CollectionsMarshal.GetValueRefOrAddDefault(_bonds, KeyOf(a, b), out bool known);
        bond = new Bond(bond.Sum + more.Sum, bond.Pairs + more.Pairs);
        if (!known)
        {
            BoundOf(a).Add(b);
            BoundOf(b).Add(a);
        }
    }

    /// <summary>A cluster goes into another: what bound it binds the other.</summary>
    public void Move(int from, int to)
    {
        if (_bound.Remove(from, out List<int>? others))
        {
            foreach (int other in others)
            {
                _bonds.Remove(KeyOf(from, other), out Bond bond);
                Unbind(other, from);
                if (other != to)
                {
                    Bind(to, other, bond);
                }
            }
        }
    }

    /// <summary>Drops the weaker half when there are too many. Where the halves meet, bonds of older clusters go first.</summary>
    public void Prune()
    {
        if (_bonds.Count <= most)
        {
            return;
        }

        (double Mean, long Key)[] weakest = [.. _bonds.Select(bond => (bond.Value.Sum / bond.Value.Pairs, bond.Key))];
        Array.Sort(weakest);
        foreach ((_, long key) in weakest.AsSpan(0, weakest.Length / 2))
        {
            _bonds.Remove(key);
            Unbind((int)(key >> 32), (int)key);
            Unbind((int)key, (int)(key >> 32));
        }

        _bonds.TrimExcess();
    }

    private static long KeyOf(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;

    private List<int> BoundOf(int cluster)
    {
        ref List<int>? bound = ref CollectionsMarshal.GetValueRefOrAddDefault(_bound, cluster, out _);
        return bound ??= [];
    }

    private void Unbind(int cluster, int other)
    {
        List<int> bound = _bound[cluster];
        bound.Remove(other);
        if (bound.Count == 0)
        {
            _bound.Remove(cluster);
        }
    }
}
