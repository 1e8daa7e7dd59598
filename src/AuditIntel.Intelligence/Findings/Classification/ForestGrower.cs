using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Grows forests whose cuts are drawn at random, the purest of a few being taken: on few findings with many doubtful signals their mean is steadier than
/// what a search for the best cuts would find.
/// </summary>
internal sealed class ForestGrower
{
    private readonly float[][] _rows;
    private readonly int[] _labels;
    private readonly double[] _weights;
    private readonly int _classes;
    private readonly ForestOptions _options;
    private readonly SeededRandom _random;
    private readonly List<ForestNode> _nodes = [];
    private readonly List<float> _leaves = [];
    private readonly int[] _order;
    private readonly int[] _columns;

    private ForestGrower(float[][] rows, int[] labels, double[] weights, int classes, ForestOptions options)
    {
        (_rows, _labels, _weights, _classes, _options) = (rows, labels, weights, classes, options);
        _random = new SeededRandom(options.Seed);
        _order = new int[rows.Length];
        _columns = [.. Enumerable.Range(0, rows[0].Length)];
    }

    /// <param name="rows">Rows of equal length, finite numbers.</param>
    /// <param name="labels">Class of each.</param>
    /// <param name="weights">How much each counts.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="options">How to grow.</param>
    /// <param name="cancellationToken">Ends the growing between two trees.</param>
    public static RandomForest Grow(float[][] rows, int[] labels, double[] weights, int classes, ForestOptions options, CancellationToken cancellationToken)
    {
        var grower = new ForestGrower(rows, labels, weights, classes, options);
        int[] roots = new int[options.Trees];
        for (int tree = 0; tree < roots.Length; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            roots[tree] = grower.Tree();
        }

        return new RandomForest(classes, rows[0].Length, [.. grower._nodes], roots, [.. grower._leaves]);
    }

    private int Tree()
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        int root = _nodes.Count;
        _nodes.Add(default);
        var open = new Stack<(int Node, int Begin, int End)>();
        open.Push((root, 0, _order.Length));
        while (open.TryPop(out (int Node, int Begin, int End) part))
        {
            double[] sums = Sums(part.Begin, part.End);
            if (part.End - part.Begin < 2 * _options.LeastRows || sums.Count(sum => sum > 0) < 2 || Cut(part.Begin, part.End, sums) is not { } cut)
            {
                _nodes[part.Node] = new ForestNode(0, -1, _leaves.Count / _classes);
                double all = sums.Sum();
                _leaves.AddRange(sums.Select(sum => (float)(sum / all)));
                continue;
            }

            int left = _nodes.Count;
            _nodes[part.Node] = new ForestNode(cut.Threshold, cut.Feature, left);
            _nodes.Add(default);
            _nodes.Add(default);
            int middle = Divide(part.Begin, part.End, cut.Feature, cut.Threshold);
            open.Push((left + 1, middle, part.End));
            open.Push((left, part.Begin, middle));
        }

        return root;
    }

    private double[] Sums(int begin, int end)
    {
        double[] sums = new double[_classes];
        for (int i = begin; i < end; i++)
        {
            sums[_labels[_order[i]]] += _weights[_order[i]];
        }

        return sums;
    }

    // Of the features drawn, each cut at random, the cut that leaves the least Gini impurity.
    private (int Feature, float Threshold)? Cut(int begin, int end, double[] sums)
    {
        double best = double.NegativeInfinity;
        (int Feature, float Threshold) cut = (-1, 0);
        int wanted = Math.Max(1, (int)(_columns.Length * _options.FeatureShare));
        double[] left = new double[_classes];
        for (int drawn = 0; drawn < _columns.Length && (drawn < wanted || cut.Feature < 0); drawn++)
        {
            int at = drawn + _random.Next(_columns.Length - drawn);
            (_columns[drawn], _columns[at]) = (_columns[at], _columns[drawn]);
            int feature = _columns[drawn];
            (float least, float most) = Range(begin, end, feature);
            if (least >= most)
            {
                continue;
            }

            float threshold = Math.Min((float)(least + (_random.NextDouble() * (most - least))), MathF.BitDecrement(most));
            Array.Clear(left);
            int rows = 0;
            for (int i = begin; i < end; i++)
            {
                int row = _order[i];
                if (_rows[row][feature] <= threshold)
                {
                    left[_labels[row]] += _weights[row];
                    rows++;
                }
            }

            if (Math.Min(rows, end - begin - rows) >= _options.LeastRows && Purity(left, sums) is var purity && purity > best)
            {
                (best, cut) = (purity, (feature, threshold));
            }
        }

        return cut.Feature < 0 ? null : cut;
    }

    private static double Purity(double[] left, double[] sums)
    {
        (double ofLeft, double ofRight, double squaresLeft, double squaresRight) = (0, 0, 0, 0);
        for (int k = 0; k < sums.Length; k++)
        {
            double right = sums[k] - left[k];
            ofLeft += left[k];
            ofRight += right;
            squaresLeft += left[k] * left[k];
            squaresRight += right * right;
        }

        return (squaresLeft / ofLeft) + (squaresRight / ofRight);
    }

    private (float Least, float Most) Range(int begin, int end, int feature)
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        for (int i = begin; i < end; i++)
        {
            float value = _rows[_order[i]][feature];
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return (least, most);
    }

    private int Divide(int begin, int end, int feature, float threshold)
    {
        int middle = begin;
        for (int i = begin; i < end; i++)
        {
            if (_rows[_order[i]][feature] <= threshold)
            {
                (_order[i], _order[middle]) = (_order[middle], _order[i]);
                middle++;
            }
        }

        return middle;
    }
}
