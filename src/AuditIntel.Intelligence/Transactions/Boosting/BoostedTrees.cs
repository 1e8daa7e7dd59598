using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>
/// Gradient-boosted trees for a yes or no (Friedman 2001; histograms and leaf-wise growth after Ke et al., "LightGBM", NIPS 2017). Immutable and
/// safe for concurrent use; scoring allocates nothing.
/// </summary>
public sealed class BoostedTrees
{
    /// <summary>Trees that are walked at the same time.</summary>
    private const int Lanes = 8;

    /// <summary>Rows of a batch that pass all trees before the next do: they stay in the cache.</summary>
    private const int Block = 64;

    private readonly BoostedNode[] _nodes;
    private readonly int[] _roots;
    // Of each group of lanes the deepest.
    private readonly int[] _depths;

    /// <param name="width">Numbers in a vector.</param>
    /// <param name="bias">Log-odds before the first tree.</param>
    /// <param name="nodes">Nodes of all trees.</param>
    /// <param name="roots">Where each tree begins.</param>
    internal BoostedTrees(int width, double bias, BoostedNode[] nodes, int[] roots)
    {
        (Width, Bias, _nodes, _roots) = (width, bias, nodes, roots);
        // Children stand behind their parents.
        int[] depths = new int[nodes.Length];
        for (int node = nodes.Length - 1; node >= 0; node--)
        {
            int left = nodes[node].Left;
            depths[node] = left == node ? 0 : 1 + Math.Max(depths[left], depths[left + 1]);
        }

        _depths = [.. roots.Chunk(Lanes).Select(group => group.Max(root => depths[root]))];
    }

    /// <value>Numbers in a vector.</value>
    public int Width { get; }

    /// <value>Trees.</value>
    public int Trees => _roots.Length;

    /// <value>Log-odds before the first tree: those of the training rows.</value>
    public double Bias { get; }

    internal ReadOnlySpan<BoostedNode> Nodes => _nodes;

    internal ReadOnlySpan<int> Roots => _roots;

    /// <summary>Log-odds of yes.</summary>
    /// <param name="vector"><see cref="Width"/> finite numbers.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public double Score(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Width)
        {
            throw new ArgumentException($"The trees take vectors of {Width} numbers, not {vector.Length}.", nameof(vector));
        }

        ref float row = ref MemoryMarshal.GetReference(vector);
        double sum = Bias;
        int tree = 0;
        for (; tree + Lanes <= _roots.Length; tree += Lanes)
        {
            sum += WalkLanes(tree, ref row);
        }

        for (; tree < _roots.Length; tree++)
        {
            sum += Walk(tree, ref row);
        }

        return sum;
    }

    /// <summary>Scores many vectors, with the same results as one by one.</summary>
    /// <param name="rows">Vectors one behind the other.</param>
    /// <param name="scores">As many scores as there are vectors.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<double> scores)
    {
        if (rows.Length != scores.Length * Width)
        {
            throw new ArgumentException($"{scores.Length} scores need {scores.Length * Width} numbers, not {rows.Length}.", nameof(rows));
        }

        scores.Fill(Bias);
        for (int first = 0; first < scores.Length; first += Block)
        {
            int rowsOfBlock = Math.Min(Block, scores.Length - first);
            ScoreBlock(rows.Slice(first * Width, rowsOfBlock * Width), scores.Slice(first, rowsOfBlock));
        }
    }

    /// <summary>
    /// How much each feature adds to the log-odds, along the paths that the vector takes (Saabas 2014). The contributions and <see cref="Baseline"/>
    /// sum up to the score. They cost one walk; TreeSHAP (Lundberg et al. 2018) would share more evenly between features that say the same.
    /// </summary>
    /// <param name="vector"><see cref="Width"/> finite numbers.</param>
    /// <param name="contributions">As many; positive where the feature speaks for yes.</param>
    public void Explain(ReadOnlySpan<float> vector, Span<float> contributions)
    {
        if (vector.Length != Width || contributions.Length != Width)
        {
            throw new ArgumentException($"The trees take and explain vectors of {Width} numbers, not {vector.Length} and {contributions.Length}.", nameof(vector));
        }

        contributions.Clear();
        ref float row = ref MemoryMarshal.GetReference(vector);
        ref float shares = ref MemoryMarshal.GetReference(contributions);
        ref BoostedNode nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        Span<nint> at = stackalloc nint[Lanes];
        for (int tree = 0; tree < _roots.Length; tree += Lanes)
        {
            int lanes = Math.Min(Lanes, _roots.Length - tree);
            for (int lane = 0; lane < lanes; lane++)
            {
                at[lane] = _roots[tree + lane];
            }

            // A leaf that leads to itself adds nothing.
            for (int depth = _depths[tree / Lanes]; depth > 0; depth--)
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    ref BoostedNode node = ref Unsafe.Add(ref nodes, at[lane]);
                    at[lane] = Next(ref nodes, ref row, at[lane]);
                    Unsafe.Add(ref shares, (nint)(uint)node.Feature) += Unsafe.Add(ref nodes, at[lane]).Value - node.Value;
                }
            }
        }
    }

    /// <value>Log-odds of the average training row.</value>
    public double Baseline
    {
        get
        {
            double sum = Bias;
            foreach (int root in _roots)
            {
                sum += _nodes[root].Value;
            }

            return sum;
        }
    }

    private void ScoreBlock(ReadOnlySpan<float> rows, Span<double> scores)
    {
        int tree = 0;
        for (; tree + Lanes <= _roots.Length; tree += Lanes)
        {
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += WalkLanes(tree, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), row * Width));
            }
        }

        for (; tree < _roots.Length; tree++)
        {
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += Walk(tree, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), row * Width));
            }
        }
    }

    // A leaf leads to itself, so eight trees can walk together as far as the deepest of them without asking who has arrived. Bounds were checked
    // when the trees were made.
    private double WalkLanes(int tree, ref float row)
    {
        ref BoostedNode nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        nint a = _roots[tree], b = _roots[tree + 1], c = _roots[tree + 2], d = _roots[tree + 3];
        nint e = _roots[tree + 4], f = _roots[tree + 5], g = _roots[tree + 6], h = _roots[tree + 7];
        for (int depth = _depths[tree / Lanes]; depth > 0; depth--)
        {
            a = Next(ref nodes, ref row, a);
            b = Next(ref nodes, ref row, b);
            c = Next(ref nodes, ref row, c);
            d = Next(ref nodes, ref row, d);
            e = Next(ref nodes, ref row, e);
            f = Next(ref nodes, ref row, f);
            g = Next(ref nodes, ref row, g);
            h = Next(ref nodes, ref row, h);
        }

        return (double)Unsafe.Add(ref nodes, a).Value + Unsafe.Add(ref nodes, b).Value + Unsafe.Add(ref nodes, c).Value + Unsafe.Add(ref nodes, d).Value
            + ((double)Unsafe.Add(ref nodes, e).Value + Unsafe.Add(ref nodes, f).Value + Unsafe.Add(ref nodes, g).Value + Unsafe.Add(ref nodes, h).Value);
    }

    private double Walk(int tree, ref float row)
    {
        ref BoostedNode nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        nint at = _roots[tree];
        for (int depth = _depths[tree / Lanes]; depth > 0; depth--)
        {
            at = Next(ref nodes, ref row, at);
        }

        return Unsafe.Add(ref nodes, at).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(ref BoostedNode nodes, ref float row, nint at)
    {
        ref BoostedNode node = ref Unsafe.Add(ref nodes, at);
        return node.Left + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref row, (nint)(uint)node.Feature) > node.Threshold);
    }
}
