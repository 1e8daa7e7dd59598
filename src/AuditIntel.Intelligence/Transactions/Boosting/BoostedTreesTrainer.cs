using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>Boosts trees on the logistic loss, on one thread, until the validation rows gain no more.</summary>
public static class BoostedTreesTrainer
{
    /// <param name="rows">Vectors one behind the other, finite numbers.</param>
    /// <param name="labels">The answer of each.</param>
    /// <param name="width">Numbers in a vector.</param>
    /// <param name="options">How to grow.</param>
    /// <param name="validation">Vectors and answers that decide when to stop; null grows all trees.</param>
    /// <param name="cancellationToken">Ends the growing between two trees.</param>
    /// <exception cref="ArgumentException">The options are wrong, the lengths do not fit, or there is only one answer.</exception>
    public static BoostedTrees Train(
        float[] rows,
        bool[] labels,
        int width,
        BoostingOptions options,
        (float[] Rows, bool[] Labels)? validation = null,
        CancellationToken cancellationToken = default)
    {
        if (string.Join(' ', options.Validate()) is { Length: > 0 } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }

        if (width < 1 || rows.Length != labels.Length * width)
        {
            throw new ArgumentException($"{labels.Length} answers need {labels.Length * width} numbers, not {rows.Length}.", nameof(rows));
        }

        int yes = labels.Count(label => label);
        if (yes == 0 || yes == labels.Length)
        {
            throw new ArgumentException("Rows of both answers are needed.", nameof(labels));
        }

        double bias = Math.Log((double)yes / (labels.Length - yes));
        var grower = new TreeGrower(BinnedFeatures.Of(rows, width), options, new SeededRandom(options.Seed));
        float[] gradients = new float[labels.Length];
        float[] hessians = new float[labels.Length];
        double[] scores = new double[labels.Length];
        Array.Fill(scores, bias);
        double[] validationScores = new double[validation?.Labels.Length ?? 0];
        Array.Fill(validationScores, bias);

        var nodes = new List<BoostedNode>();
        var roots = new List<int>();
        int best = 0;
        double leastLoss = double.PositiveInfinity;
        while (roots.Count < options.Trees && (validation is null || roots.Count - best < options.Patience))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < scores.Length; row++)
            {
                double probability = Logistic.Probability(scores[row]);
                gradients[row] = (float)(probability - (labels[row] ? 1 : 0));
                hessians[row] = (float)(probability * (1 - probability));
            }

            int from = nodes.Count;
            roots.Add(grower.Grow(gradients, hessians, nodes));
            BoostedTrees tree = Alone(width, nodes, from);
            Add(tree, rows, scores);
            if (validation is { } judge)
            {
                Add(tree, judge.Rows, validationScores);
                double loss = Logistic.Loss(validationScores, judge.Labels);
                if (loss < leastLoss)
                {
                    (leastLoss, best) = (loss, roots.Count);
                }
            }
        }

        int kept = validation is null ? roots.Count : best;
        int end = kept < roots.Count ? roots[kept] : nodes.Count;
        return new BoostedTrees(width, bias, [.. nodes.Take(end)], [.. roots.Take(kept)]);
    }

    private static BoostedTrees Alone(int width, List<BoostedNode> nodes, int from) =>
        new(width, 0, [.. nodes.Skip(from).Select(node => node with { Left = node.Left - from })], [0]);

    private static void Add(BoostedTrees tree, float[] rows, double[] scores)
    {
        double[] step = new double[scores.Length];
        tree.Score(rows, step);
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] += step[row];
        }
    }
}
