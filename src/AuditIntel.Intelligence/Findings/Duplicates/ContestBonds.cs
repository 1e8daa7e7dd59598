using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// The evidence of one contest: how probable it is that findings of two clusters are the same issue, summed over their pairs, and what the clusters made
/// so far are expected to be worth. Single owner.
/// </summary>
/// <param name="threshold">Least average probability at which a contest of which nothing is known yet puts clusters together.</param>
internal sealed class ContestBonds(double threshold)
{
    /// <summary>What is less probable is not kept: it is most pairs and hardly any evidence.</summary>
    private const double LeastKept = 0.02;

    /// <summary>Pairs for which the threshold of training speaks before the contest speaks for itself.</summary>
    private const double Prior = 100;

    private readonly Dictionary<long, double> _sums = [];
    private readonly Dictionary<int, List<int>> _bound = [];

    // A contest begins with an expected F1 of twice the threshold. Pairs in clusters, those of them that are expected to be the same issue, and those of all pairs that are.
    private double _together = Prior / 2;
    private double _right = threshold * Prior;
    private double _same = Prior / 2;

    /// <value>
    /// Expected pairwise F1 of the clusters. Putting together pairs whose average probability is above half of it raises it, and below it lowers it (as
    /// for any F-measure, Lipton et al. 2014): so the contest itself says how fine its issues are split, without a label.
    /// </value>
    public double ExpectedF1 => 2 * _right / (_together + _same);

    public IEnumerable<(int A, int B)> All => _sums.Keys.Select(key => ((int)(key >> 32), (int)(key & uint.MaxValue)));

    public ReadOnlySpan<int> BoundTo(int cluster) => _bound.TryGetValue(cluster, out List<int>? others) ? CollectionsMarshal.AsSpan(others) : [];

    /// <summary>Probabilities of pairs between two clusters, summed.</summary>
    public double Sum(int a, int b) => _sums.GetValueOrDefault(KeyOf(a, b));

    /// <summary>Takes in a scored pair of a finding that nothing was known of, and a cluster's member.</summary>
    public void Score(int finding, int cluster, double probability)
    {
        if (probability >= LeastKept)
        {
            _same += probability;
            Bind(finding, cluster, probability);
        }
    }

    /// <summary>The older cluster takes the younger's bonds.</summary>
    /// <param name="older">The cluster that stays.</param>
    /// <param name="younger">The cluster that goes.</param>
    /// <param name="fit">Average probability of the pairs between them.</param>
    /// <param name="pairs">Pairs between them.</param>
    public void Merge(int older, int younger, double fit, double pairs)
    {
        // Pairs that were no candidates for want of places are taken to be as those that were.
        _same += (fit * pairs) - Math.Min(fit * pairs, Sum(older, younger));
        _right += fit * pairs;
        _together += pairs;
        if (_bound.Remove(younger, out List<int>? others))
        {
            foreach (int other in others)
            {
                _sums.Remove(KeyOf(younger, other), out double sum);
                _bound[other].Remove(younger);
                if (other != older)
                {
                    Bind(older, other, sum);
                }
            }
        }
    }

    private static long KeyOf(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;

    private void Bind(int a, int b, double sum)
    {
        ref double bond = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, KeyOf(a, b), out bool known);
        bond += sum;
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
}
