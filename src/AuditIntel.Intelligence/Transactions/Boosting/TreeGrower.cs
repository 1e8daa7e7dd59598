using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>
/// Grows one tree at a time on binned features: the leaf with the best cut is cut next (leaf-wise, Ke et al. 2017), the cut that gains most by
/// Newton's step on the loss (Friedman 2001, with the regularised gain of Chen and Guestrin 2016). Of two siblings only the smaller is counted;
/// the other's histogram is the parent's less that.
/// </summary>
internal sealed class TreeGrower
{
    private const int Slots = BinnedFeatures.MostBins + 1;

    private readonly BinnedFeatures _features;
    private readonly BoostingOptions _options;
    private readonly SeededRandom _random;
    private readonly int[] _rows;
    private readonly int[] _spare;
    private readonly float[] _gradients;
    private readonly float[] _hessians;
    private readonly Bin[][] _histograms;
    private readonly List<Leaf> _leaves = [];

    public TreeGrower(BinnedFeatures features, BoostingOptions options, SeededRandom random)
    {
        (_features, _options, _random) = (features, options, random);
        _rows = new int[features.Rows];
        _spare = new int[features.Rows];
        _gradients = new float[features.Rows];
        _hessians = new float[features.Rows];
        _histograms = new Bin[options.Leaves][];
        for (int i = 0; i < _histograms.Length; i++)
        {
            _histograms[i] = new Bin[features.Width * Slots];
        }
    }

    /// <summary>Appends a tree to the nodes and tells its root.</summary>
    /// <param name="gradients">First derivatives of the loss by row.</param>
    /// <param name="hessians">Second derivatives.</param>
    /// <param name="nodes">All trees' nodes.</param>
    public int Grow(float[] gradients, float[] hessians, List<BoostedNode> nodes)
    {
        int[] columns = _random.Sample(_features.Width, Math.Max(1, (int)(_features.Width * _options.FeatureShare)));
        int count = 0;
        for (int row = 0; row < _features.Rows; row++)
        {
            if (_options.RowShare >= 1 || _random.NextDouble() < _options.RowShare)
            {
                _rows[count++] = row;
            }
        }

        int root = nodes.Count;
        nodes.Add(default);
        _leaves.Clear();
        _leaves.Add(Count(new Leaf { Node = root, Begin = 0, Length = count, Histogram = 0, Depth = 0 }, columns, gradients, hessians));
        while (_leaves.Count < _options.Leaves && BestLeaf() is { } best)
        {
            Cut(best, columns, gradients, hessians, nodes);
        }

        foreach (Leaf leaf in _leaves)
        {
            nodes[leaf.Node] = new BoostedNode(float.PositiveInfinity, 0, leaf.Node, (float)(-_options.LearningRate * leaf.Gradient / (leaf.Hessian + _options.L2)));
        }

        // Children stand behind their parents, so going backwards every child is ready before its parent.
        for (int node = nodes.Count - 1; node >= root; node--)
        {
            if (nodes[node].Left != node)
            {
                BoostedNode inner = nodes[node];
                float leftShare = inner.Value;
                nodes[node] = inner with { Value = (leftShare * nodes[inner.Left].Value) + ((1 - leftShare) * nodes[inner.Left + 1].Value) };
            }
        }

        return root;
    }

    private Leaf? BestLeaf()
    {
        Leaf? best = null;
        foreach (Leaf leaf in _leaves)
        {
            best = leaf.Gain > (best?.Gain ?? 0) ? leaf : best;
        }

        return best;
    }

    private void Cut(Leaf parent, int[] columns, float[] gradients, float[] hessians, List<BoostedNode> nodes)
    {
        int left = Partition(parent);
        int child = nodes.Count;
        nodes.Add(default);
        nodes.Add(default);
        // Until all leaves are known the value holds the share of rows that go left.
        nodes[parent.Node] = new BoostedNode(_features.Bounds[parent.Feature][parent.Bin], parent.Feature, child, (float)left / parent.Length);

        bool leftIsSmaller = left <= parent.Length - left;
        var smaller = new Leaf
        {
            Node = leftIsSmaller ? child : child + 1,
            Begin = leftIsSmaller ? parent.Begin : parent.Begin + left,
            Length = leftIsSmaller ? left : parent.Length - left,
            Histogram = _leaves.Count,
            Depth = parent.Depth + 1,
        };
        var larger = new Leaf
        {
            Node = leftIsSmaller ? child + 1 : child,
            Begin = leftIsSmaller ? parent.Begin + left : parent.Begin,
            Length = parent.Length - smaller.Length,
            Histogram = parent.Histogram,
            Depth = parent.Depth + 1,
        };
        Count(smaller, columns, gradients, hessians);
        Subtract(_histograms[larger.Histogram], _histograms[smaller.Histogram], columns);
        larger.Gradient = parent.Gradient - smaller.Gradient;
        larger.Hessian = parent.Hessian - smaller.Hessian;
        FindCut(larger, columns);
        _leaves[_leaves.IndexOf(parent)] = larger;
        _leaves.Add(smaller);
    }

    private Leaf Count(Leaf leaf, int[] columns, float[] gradients, float[] hessians)
    {
        ReadOnlySpan<int> rows = _rows.AsSpan(leaf.Begin, leaf.Length);
        Span<float> g = _gradients.AsSpan(0, leaf.Length);
        Span<float> h = _hessians.AsSpan(0, leaf.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            g[i] = gradients[rows[i]];
            h[i] = hessians[rows[i]];
            leaf.Gradient += g[i];
            leaf.Hessian += h[i];
        }

        foreach (int column in columns)
        {
            byte[] bins = _features.Bins[column];
            Span<Bin> histogram = _histograms[leaf.Histogram].AsSpan(column * Slots, Slots);
            histogram.Clear();
            for (int i = 0; i < rows.Length; i++)
            {
                ref Bin bin = ref histogram[bins[rows[i]]];
                bin.Gradient += g[i];
                bin.Hessian += h[i];
                bin.Rows++;
            }
        }

        FindCut(leaf, columns);
        return leaf;
    }

    private static void Subtract(Bin[] from, Bin[] less, int[] columns)
    {
        foreach (int column in columns)
        {
            for (int i = column * Slots; i < (column + 1) * Slots; i++)
            {
                from[i].Gradient -= less[i].Gradient;
                from[i].Hessian -= less[i].Hessian;
                from[i].Rows -= less[i].Rows;
            }
        }
    }

    private void FindCut(Leaf leaf, int[] columns)
    {
        if (leaf.Depth >= _options.Depth)
        {
            return;
        }

        double whole = Worth(leaf.Gradient, leaf.Hessian);
        foreach (int column in columns)
        {
            ReadOnlySpan<Bin> histogram = _histograms[leaf.Histogram].AsSpan(column * Slots, Slots);
            double gradient = 0;
            double hessian = 0;
            int rows = 0;
            for (int bin = 0; bin < _features.Bounds[column].Length; bin++)
            {
                gradient += histogram[bin].Gradient;
                hessian += histogram[bin].Hessian;
                rows += histogram[bin].Rows;
                if (histogram[bin].Rows == 0 || rows < _options.LeastRows || hessian < _options.LeastHessian)
                {
                    continue;
                }

                if (leaf.Length - rows < _options.LeastRows || leaf.Hessian - hessian < _options.LeastHessian)
                {
                    break;
                }

                double gain = Worth(gradient, hessian) + Worth(leaf.Gradient - gradient, leaf.Hessian - hessian) - whole;
                if (gain > leaf.Gain + 1e-9)
                {
                    (leaf.Gain, leaf.Feature, leaf.Bin) = (gain, column, bin);
                }
            }
        }
    }

    private double Worth(double gradient, double hessian) => gradient * gradient / (hessian + _options.L2);

    // Stable, so that rows stay ascending and are read in the order of memory.
    private int Partition(Leaf leaf)
    {
        byte[] bins = _features.Bins[leaf.Feature];
        Span<int> rows = _rows.AsSpan(leaf.Begin, leaf.Length);
        int left = 0;
        int right = 0;
        foreach (int row in rows)
        {
            if (bins[row] <= leaf.Bin)
            {
                rows[left++] = row;
            }
            else
            {
                _spare[right++] = row;
            }
        }

        _spare.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }

    private struct Bin
    {
        public double Gradient;
        public double Hessian;
        public int Rows;
    }

    private sealed class Leaf
    {
        public required int Node { get; init; }

        public required int Begin { get; init; }

        public required int Length { get; init; }

        public required int Histogram { get; init; }

        public required int Depth { get; init; }

        public double Gradient { get; set; }

        public double Hessian { get; set; }

        public double Gain { get; set; }

        public int Feature { get; set; }

        public int Bin { get; set; }
    }
}
