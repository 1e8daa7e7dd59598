namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Multinomial logistic regression with an L2 penalty, by L-BFGS (Liu and Nocedal 1989). Rows may be weighted, so that rare classes count as much as
/// common ones. Deterministic.
/// </summary>
internal sealed class SoftmaxRegression
{
    private const int Memory = 8;
    private const double Enough = 1e-4;

    private readonly float[] _weights;

    /// <param name="classes">Classes.</param>
    /// <param name="features">Features; behind each class's weights stands its intercept.</param>
    /// <param name="weights">By class, then by feature.</param>
    public SoftmaxRegression(int classes, int features, float[] weights)
    {
        if (weights.Length != classes * (features + 1))
        {
            throw new ArgumentException($"{classes} classes of {features} features have {classes * (features + 1)} weights, not {weights.Length}.", nameof(weights));
        }

        (Classes, Features, _weights) = (classes, features, weights);
    }

    public int Classes { get; }

    public int Features { get; }

    public ReadOnlySpan<float> Weights => _weights;

    /// <param name="rows">Training rows.</param>
    /// <param name="labels">Class of each.</param>
    /// <param name="rowWeights">How much each counts.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="features">Features.</param>
    /// <param name="penalty">L2 penalty: 1 / C of scikit-learn.</param>
    /// <param name="rounds">Most rounds.</param>
    /// <param name="cancellationToken">Ends the training between two rounds.</param>
    public static SoftmaxRegression Fit(
        IReadOnlyList<SparseRow> rows, int[] labels, double[] rowWeights, int classes, int features, double penalty, int rounds, CancellationToken cancellationToken)
    {
        int size = classes * (features + 1);
        double[] at = new double[size];
        double[] gradient = new double[size];
        double loss = Loss(rows, labels, rowWeights, classes, features, penalty, at, gradient);
        var steps = new List<(double[] Step, double[] Change, double Inverse)>();
        for (int round = 0; round < rounds && Math.Sqrt(Dot(gradient, gradient)) > Enough * rows.Count; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Direction(gradient, steps);
            double slope = Dot(direction, gradient);
            if (slope >= 0)
            {
                steps.Clear();
                direction = [.. gradient.Select(each => -each)];
                slope = -Dot(gradient, gradient);
            }

            double length = steps.Count == 0 ? 1 / Math.Max(1, Math.Sqrt(-slope)) : 1;
            double[] next = new double[size];
            double[] nextGradient = new double[size];
            double nextLoss = loss;
            bool better = false;
            for (int attempt = 0; attempt < 30 && !better; attempt++, length /= 2)
            {
                for (int i = 0; i < size; i++)
                {
                    next[i] = at[i] + (length * direction[i]);
                }

                nextLoss = Loss(rows, labels, rowWeights, classes, features, penalty, next, nextGradient);
                better = nextLoss <= loss + (1e-4 * length * slope);
            }

            if (!better || loss - nextLoss < 1e-7 * Math.Abs(loss))
            {
                break;
            }

            Remember(steps, at, next, gradient, nextGradient);
            (at, gradient, loss) = (next, nextGradient, nextLoss);
        }

        return new SoftmaxRegression(classes, features, [.. at.Select(each => (float)each)]);
    }

    /// <summary>Probabilities of all classes.</summary>
    public double[] Predict(SparseRow row)
    {
        double[] scores = new double[Classes];
        for (int k = 0; k < Classes; k++)
        {
            ReadOnlySpan<float> weights = _weights.AsSpan(k * (Features + 1), Features + 1);
            double sum = weights[Features];
            for (int i = 0; i < row.Features.Length; i++)
            {
                sum += weights[row.Features[i]] * row.Values[i];
            }

            scores[k] = sum;
        }

        Normalize(scores);
        return scores;
    }

    /// <summary>Turns scores into probabilities.</summary>
    /// <returns>Logarithm of the sum of their exponentials.</returns>
    private static double Normalize(Span<double> scores)
    {
        double most = double.NegativeInfinity;
        foreach (double score in scores)
        {
            most = Math.Max(most, score);
        }

        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score - most);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }

        return most + Math.Log(sum);
    }

    private static double Loss(
        IReadOnlyList<SparseRow> rows, int[] labels, double[] rowWeights, int classes, int features, double penalty, double[] at, double[] gradient)
    {
        int stride = features + 1;
        double loss = 0;
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < features; i++)
            {
                double weight = at[(k * stride) + i];
                loss += penalty / 2 * weight * weight;
                gradient[(k * stride) + i] = penalty * weight;
            }

            gradient[(k * stride) + features] = 0;
        }

        double[] scores = new double[classes];
        for (int row = 0; row < rows.Count; row++)
        {
            (int[] present, float[] values) = rows[row];
            for (int k = 0; k < classes; k++)
            {
                double sum = at[(k * stride) + features];
                for (int i = 0; i < present.Length; i++)
                {
                    sum += at[(k * stride) + present[i]] * values[i];
                }

                scores[k] = sum;
            }

            double ofTruth = scores[labels[row]];
            loss += rowWeights[row] * (Normalize(scores) - ofTruth);
            for (int k = 0; k < classes; k++)
            {
                double error = rowWeights[row] * (scores[k] - (labels[row] == k ? 1 : 0));
                for (int i = 0; i < present.Length; i++)
                {
                    gradient[(k * stride) + present[i]] += error * values[i];
                }

                gradient[(k * stride) + features] += error;
            }
        }

        return loss;
    }

    private static void Remember(List<(double[] Step, double[] Change, double Inverse)> steps, double[] at, double[] next, double[] gradient, double[] nextGradient)
    {
        double[] step = new double[at.Length];
        double[] change = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            step[i] = next[i] - at[i];
            change[i] = nextGradient[i] - gradient[i];
        }

        double curvature = Dot(step, change);
        if (curvature > 1e-12)
        {
            steps.Add((step, change, 1 / curvature));
            if (steps.Count > Memory)
            {
                steps.RemoveAt(0);
            }
        }
    }

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Inverse)> steps)
    {
        double[] direction = [.. gradient.Select(each => -each)];
        double[] kept = new double[steps.Count];
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            kept[i] = steps[i].Inverse * Dot(steps[i].Step, direction);
            Add(direction, -kept[i], steps[i].Change);
        }

        if (steps.Count > 0)
        {
            double scale = 1 / (steps[^1].Inverse * Dot(steps[^1].Change, steps[^1].Change));
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (int i = 0; i < steps.Count; i++)
        {
            Add(direction, kept[i] - (steps[i].Inverse * Dot(steps[i].Change, direction)), steps[i].Step);
        }

        return direction;
    }

    private static void Add(double[] to, double factor, double[] what)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
