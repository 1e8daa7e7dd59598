using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>
/// Isolation forest (Liu, Ting, Zhou: "Isolation Forest", ICDM 2008): what few random cuts set apart from the rest is an anomaly. Immutable and safe
/// for concurrent use.
/// </summary>
/// <remarks>
/// Every tree is stored as a complete binary tree of the height limit (a leaf above it goes on to the left), so a walk has no branch to predict and
/// no child pointer. Eight trees lie interleaved, node by node: the processor walks them at the same time, which hides the latency of the loads.
/// </remarks>
public sealed class IsolationForest
{
    /// <summary>Trees that are walked at the same time.</summary>
    internal const int Lanes = 8;

    private readonly ForestNode[] _nodes;
    private readonly float[] _leaves;
    private readonly float[] _expected;
    private readonly float _normaliser;
    private readonly int _height;
    private readonly int _nodesOfGroup;
    private readonly int _leavesOfGroup;

    /// <param name="shape">What was grown.</param>
    /// <param name="nodes">Inner nodes, interleaved: group, node in heap order, lane.</param>
    /// <param name="leaves">Path lengths, interleaved: group, leaf, lane; 0 in lanes without a tree.</param>
    /// <param name="expected">Mean path length of the sample below each inner node, in the order of the nodes.</param>
    internal IsolationForest(ForestShape shape, ForestNode[] nodes, float[] leaves, float[] expected)
    {
        (Shape, _nodes, _leaves, _expected) = (shape, nodes, leaves, expected);
        (_height, _nodesOfGroup, _leavesOfGroup) = (shape.Height, shape.NodesOfGroup, shape.LeavesOfGroup);
        _normaliser = (float)(-1 / (shape.Trees * PathLength.Average(shape.SampleSize)));
    }

    /// <value>Trees.</value>
    public int Trees => Shape.Trees;

    /// <value>Numbers in a vector.</value>
    public int Width => Shape.Width;

    internal ForestShape Shape { get; }

    internal ReadOnlySpan<ForestNode> Nodes => _nodes;

    internal ReadOnlySpan<float> Leaves => _leaves;

    internal ReadOnlySpan<float> Expected => _expected;

    /// <summary>The anomaly score 2^(-E(h)/c(n)) of a vector: about 0.5 for the ordinary, towards 1 for what stands apart.</summary>
    /// <param name="vector"><see cref="Width"/> finite numbers.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public float Score(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Width)
        {
            throw new ArgumentException($"The forest takes vectors of {Width} numbers, not {vector.Length}.", nameof(vector));
        }

        float sum = 0;
        ref float row = ref MemoryMarshal.GetReference(vector);
        for (int group = 0; group < Shape.Groups; group++)
        {
            sum += Walk(group, ref row);
        }

        return float.Exp2(sum * _normaliser);
    }

    /// <summary>Scores many vectors; faster for each than one by one, since eight trees at a time stay in the first cache.</summary>
    /// <param name="rows">Vectors one behind the other.</param>
    /// <param name="scores">As many scores as there are vectors; the same as one by one gives.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (rows.Length != scores.Length * Width)
        {
            throw new ArgumentException($"{scores.Length} scores need {scores.Length * Width} numbers, not {rows.Length}.", nameof(rows));
        }

        scores.Clear();
        for (int group = 0; group < Shape.Groups; group++)
        {
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += Walk(group, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), row * Width));
            }
        }

        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = float.Exp2(scores[row] * _normaliser);
        }
    }

    /// <summary>
    /// How much each feature adds to log2 of the score, along the paths that the vector takes (Saabas 2014: each cut gives its feature the change of
    /// the expected path). The contributions and <see cref="Baseline"/> sum up to log2 of the score.
    /// </summary>
    /// <param name="vector"><see cref="Width"/> finite numbers.</param>
    /// <param name="contributions">As many; positive where the feature makes the vector more of an anomaly.</param>
    public void Explain(ReadOnlySpan<float> vector, Span<float> contributions)
    {
        if (vector.Length != Width || contributions.Length != Width)
        {
            throw new ArgumentException($"The forest takes and explains vectors of {Width} numbers, not {vector.Length} and {contributions.Length}.", nameof(vector));
        }

        contributions.Clear();
        ref float row = ref MemoryMarshal.GetReference(vector);
        Span<nint> at = stackalloc nint[Lanes];
        for (int group = 0; group < Shape.Groups; group++)
        {
            int lanes = Math.Min(Lanes, Trees - (group * Lanes));
            ref ForestNode nodes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_nodes), group * _nodesOfGroup);
            ref float expected = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_expected), group * _nodesOfGroup);
            ref float leaves = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leaves), (group * _leavesOfGroup) - _nodesOfGroup);
            at.Clear();
            for (int level = 1; level <= _height; level++)
            {
                ref float after = ref level < _height ? ref expected : ref leaves;
                for (int lane = 0; lane < lanes; lane++)
                {
                    nint place = at[lane] + lane;
                    at[lane] = Next(ref nodes, ref row, at[lane], lane);
                    contributions[Unsafe.Add(ref nodes, place).Feature] += (Unsafe.Add(ref after, at[lane] + lane) - Unsafe.Add(ref expected, place)) * _normaliser;
                }
            }
        }
    }

    /// <value>log2 of the score before any cut: that of the average row of the samples.</value>
    public float Baseline
    {
        get
        {
            float sum = 0;
            for (int tree = 0; tree < Trees; tree++)
            {
                sum += _expected[(tree / Lanes * _nodesOfGroup) + (tree % Lanes)];
            }

            return sum * _normaliser;
        }
    }

    // Positions are node number x lanes, so that a lane's node is one addressing mode away. Bounds hold by construction: the features were checked
    // when the forest was made, the vector's length by the caller, and a complete tree has no way out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Walk(int group, ref float row)
    {
        ref ForestNode nodes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_nodes), group * _nodesOfGroup);
        nint a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        for (int level = _height; level > 0; level--)
        {
            a = Next(ref nodes, ref row, a, 0);
            b = Next(ref nodes, ref row, b, 1);
            c = Next(ref nodes, ref row, c, 2);
            d = Next(ref nodes, ref row, d, 3);
            e = Next(ref nodes, ref row, e, 4);
            f = Next(ref nodes, ref row, f, 5);
            g = Next(ref nodes, ref row, g, 6);
            h = Next(ref nodes, ref row, h, 7);
        }

        ref float leaves = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leaves), (group * _leavesOfGroup) - _nodesOfGroup);
        return Unsafe.Add(ref leaves, a) + Unsafe.Add(ref leaves, b + 1) + Unsafe.Add(ref leaves, c + 2) + Unsafe.Add(ref leaves, d + 3)
            + (Unsafe.Add(ref leaves, e + 4) + Unsafe.Add(ref leaves, f + 5) + Unsafe.Add(ref leaves, g + 6) + Unsafe.Add(ref leaves, h + 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(ref ForestNode nodes, ref float row, nint at, int lane)
    {
        ref ForestNode node = ref Unsafe.Add(ref nodes, at + lane);
        bool right = Unsafe.Add(ref row, (nint)(uint)node.Feature) > node.Threshold;
        return at + at + Lanes + ((nint)Unsafe.BitCast<bool, byte>(right) * Lanes);
    }
}
