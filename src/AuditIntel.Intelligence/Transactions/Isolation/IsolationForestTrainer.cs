using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>Grows an isolation forest: algorithms 1 and 2 of Liu, Ting, Zhou 2008.</summary>
public sealed class IsolationForestTrainer
{
    private readonly IsolationForestOptions _options;
    private readonly float[] _rows;
    private readonly SeededRandom _random;
    private readonly ForestShape _shape;
    private readonly ForestNode[] _nodes;
    private readonly float[] _leaves;
    private readonly float[] _expected;
    private readonly int[] _usable;

    private IsolationForestTrainer(float[] rows, int width, IsolationForestOptions options)
    {
        _options = options;
        _rows = rows;
        _random = new SeededRandom(options.Seed);
        _shape = new ForestShape(options.Trees, Math.Min(options.SampleSize, rows.Length / width), width);
        _nodes = new ForestNode[_shape.Groups * _shape.NodesOfGroup];
        _leaves = new float[_shape.Groups * _shape.LeavesOfGroup];
        _expected = new float[_nodes.Length];
        _usable = new int[width];
        Array.Fill(_nodes, new ForestNode(float.PositiveInfinity, 0));
    }

    /// <param name="rows">Vectors one behind the other, finite numbers.</param>
    /// <param name="width">Numbers in a vector.</param>
    /// <param name="options">How to grow.</param>
    /// <param name="cancellationToken">Ends the growing between two trees.</param>
    /// <exception cref="ArgumentException">The options are wrong, or there are fewer than two rows.</exception>
    public static IsolationForest Train(float[] rows, int width, IsolationForestOptions options, CancellationToken cancellationToken = default)
    {
        if (string.Join(' ', options.Validate()) is { Length: > 0 } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }

        if (width < 1 || rows.Length % width != 0 || rows.Length / width < 2)
        {
            throw new ArgumentException($"{rows.Length} numbers are no two vectors of {width} or more.", nameof(rows));
        }

        return new IsolationForestTrainer(rows, width, options).Grow(cancellationToken);
    }

    private IsolationForest Grow(CancellationToken cancellationToken)
    {
        int population = _rows.Length / _shape.Width;
        for (int tree = 0; tree < _options.Trees; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] sample = _random.Sample(population, _shape.SampleSize);
            Split(tree, 0, 0, sample);
        }

        return new IsolationForest(_shape, _nodes, _leaves, _expected);
    }

    /// <returns>The sum of the path lengths of the rows.</returns>
    private double Split(int tree, int node, int depth, Span<int> rows)
    {
        int features = depth < _shape.Height && rows.Length > 1 ? FindUsable(rows) : 0;
        if (features == 0)
        {
            return Leaf(tree, node, depth, rows.Length);
        }

        int feature = _usable[_random.Next(features)];
        (float least, float most) = Range(rows, feature);
        // Never the greatest value itself: then nothing would go right.
        float threshold = (float)(least + (_random.NextDouble() * ((double)most - least)));
        threshold = threshold < most ? threshold : MathF.BitDecrement(most);

        int left = Partition(rows, feature, threshold);
        double sum = Split(tree, (2 * node) + 1, depth + 1, rows[..left]);
        sum += Split(tree, (2 * node) + 2, depth + 1, rows[left..]);
        int at = Position(tree, node);
        _nodes[at] = new ForestNode(threshold, feature);
        _expected[at] = (float)(sum / rows.Length);
        return sum;
    }

    // A leaf above the height limit goes on as nodes that always lead left, down to the one slot that holds its path length.
    private double Leaf(int tree, int node, int depth, int rows)
    {
        float length = (float)(depth + PathLength.Average(rows));
        int at = node;
        for (int level = depth; level < _shape.Height; level++)
        {
            _expected[Position(tree, at)] = length;
            at = (2 * at) + 1;
        }

        int slot = at - ((1 << _shape.Height) - 1);
        _leaves[(tree / IsolationForest.Lanes * _shape.LeavesOfGroup) + (slot * IsolationForest.Lanes) + (tree % IsolationForest.Lanes)] = length;
        return (double)length * rows;
    }

    private int FindUsable(ReadOnlySpan<int> rows)
    {
        int count = 0;
        for (int feature = 0; feature < _shape.Width; feature++)
        {
            float first = Value(rows[0], feature);
            foreach (int row in rows)
            {
                if (Value(row, feature) != first)
                {
                    _usable[count++] = feature;
                    break;
                }
            }
        }

        return count;
    }

    private (float Least, float Most) Range(ReadOnlySpan<int> rows, int feature)
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        foreach (int row in rows)
        {
            least = Math.Min(least, Value(row, feature));
            most = Math.Max(most, Value(row, feature));
        }

        return (least, most);
    }

    private int Partition(Span<int> rows, int feature, float threshold)
    {
        int left = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (Value(rows[i], feature) <= threshold)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        return left;
    }

    private int Position(int tree, int node) =>
        (tree / IsolationForest.Lanes * _shape.NodesOfGroup) + (node * IsolationForest.Lanes) + (tree % IsolationForest.Lanes);

    private float Value(int row, int feature) => _rows[(row * _shape.Width) + feature];
}
