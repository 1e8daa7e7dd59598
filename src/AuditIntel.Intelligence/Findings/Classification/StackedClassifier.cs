namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Gives a finding probabilities of classes: the mean of a linear model of its words and of a forest that sees what the linear model says, what models of
/// other platforms' labels say, the signals and the places in the latent space (stacked generalisation, Wolpert 1992). Immutable, safe for concurrent use.
/// </summary>
internal sealed class StackedClassifier(TextClassifier linear, IReadOnlyList<TextClassifier> advisers, RandomForest? forest)
{
    private const int InnerFolds = 5;
    private const double LeastProbability = 1e-3;

    public TextClassifier Linear { get; } = linear;

    /// <value>Trained on other labels than the forest's, which know more texts than it.</value>
    public IReadOnlyList<TextClassifier> Advisers { get; } = advisers;

    /// <value>Null where the linear model speaks alone.</value>
    public RandomForest? Forest { get; } = forest;

    public IReadOnlyList<string> Classes => Linear.Classes;

    /// <param name="readings">Findings.</param>
    /// <param name="labels">Class of each.</param>
    /// <param name="contests">Contest of each: the forest learns from what linear models say of contests that they have not seen.</param>
    /// <param name="options">What is read and how.</param>
    /// <param name="latent">The latent space.</param>
    /// <param name="advisers">Models of other labels; they may not have seen these findings.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    public static StackedClassifier Train(
        IReadOnlyList<FindingReading> readings,
        IReadOnlyList<string> labels,
        IReadOnlyList<string> contests,
        ClassifierOptions options,
        LatentSpace latent,
        IReadOnlyList<TextClassifier> advisers,
        CancellationToken cancellationToken)
    {
        TextClassifier linear = TextClassifier.Train(readings, labels, options, latent, cancellationToken);
        if (options.Forest is null)
        {
            return new StackedClassifier(linear, [], null);
        }

        string[] names = [.. contests.Distinct().Order(StringComparer.Ordinal)];
        int[] folds = [.. contests.Select(contest => Array.IndexOf(names, contest) % InnerFolds)];
        float[][] rows = new float[readings.Count][];
        for (int fold = 0; fold < InnerFolds; fold++)
        {
            int[] seen = [.. Enumerable.Range(0, readings.Count).Where(i => folds[i] != fold)];
            bool enough = seen.Select(i => labels[i]).Distinct().Count() > 1;
            TextClassifier inner = enough
                ? TextClassifier.Train([.. seen.Select(i => readings[i])], [.. seen.Select(i => labels[i])], options, latent, cancellationToken)
                : linear;
            for (int i = 0; i < rows.Length; i++)
            {
                if (folds[i] == fold)
                {
                    rows[i] = Row(readings[i], In(linear.Classes, inner, inner.Predict(readings[i])), advisers, linear.Space);
                }
            }
        }

        int[] places = [.. labels.Select(label => linear.Classes.ToList().IndexOf(label))];
        double[] weights = TextClassifier.RowWeights(places, linear.Classes.Count, options.Balance);
        RandomForest forest = ForestGrower.Grow(rows, places, weights, linear.Classes.Count, options.Forest, cancellationToken);
        return new StackedClassifier(linear, advisers, forest);
    }

    /// <summary>Probabilities in the order of <see cref="Classes"/>.</summary>
    public double[] Predict(FindingReading reading)
    {
        double[] said = Linear.Predict(reading);
        if (Forest is null)
        {
            return said;
        }

        double[] grown = Forest.Predict(Row(reading, said, Advisers, Linear.Space));
        return [.. said.Zip(grown, (a, b) => (a + b) / 2)];
    }

    /// <summary>Numbers in a row of the forest.</summary>
    public static int WidthOf(TextClassifier linear, IReadOnlyList<TextClassifier> advisers) =>
        linear.Classes.Count + advisers.Sum(adviser => adviser.Classes.Count) + linear.Space.Means.Length + (2 * (linear.Space.Latent?.Dimensions ?? 0));

    // An inner model may lack classes that only its held-out contests have.
    private static double[] In(IReadOnlyList<string> classes, TextClassifier model, double[] probabilities)
    {
        double[] result = new double[classes.Count];
        for (int i = 0; i < classes.Count; i++)
        {
            int at = model.Classes.ToList().IndexOf(classes[i]);
            result[i] = at < 0 ? 0 : probabilities[at];
        }

        return result;
    }

    private static float[] Row(FindingReading reading, double[] said, IReadOnlyList<TextClassifier> advisers, FeatureSpace space)
    {
        var row = new List<float>();
        foreach (double[] probabilities in advisers.Select(adviser => adviser.Predict(reading)).Prepend(said))
        {
            row.AddRange(probabilities.Select(probability => (float)Math.Log(probability + LeastProbability)));
        }

        row.AddRange(FeatureSpace.SignalsOf(reading, space.Options));
        if (space.Latent is { } latent)
        {
            row.AddRange(latent.Place(reading.Title));
            row.AddRange(latent.Place(reading.Own));
        }

        return [.. row];
    }
}
