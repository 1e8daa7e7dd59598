namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Softmax regression on what a finding's words and signals say. Immutable.</summary>
internal sealed class TextClassifier(IReadOnlyList<string> classes, FeatureSpace space, SoftmaxRegression regression) : IFindingClassifier
{
    private const int Rounds = 80;

    public IReadOnlyList<string> Classes { get; } = classes;

    public FeatureSpace Space { get; } = space;

    public SoftmaxRegression Regression { get; } = regression;

    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    public static TextClassifier Train(
        IReadOnlyList<FindingReading> readings, IReadOnlyList<string> labels, ClassifierOptions options, LatentSpace? latent, CancellationToken cancellationToken)
    {
        string[] classes = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length < 2)
        {
            throw new ArgumentException("Findings of two classes or more are needed to train on.", nameof(labels));
        }

        int[] places = [.. labels.Select(label => Array.IndexOf(classes, label))];
        double[] weights = RowWeights(places, classes.Length, options.Balance);
        FeatureSpace space = FeatureSpace.Fit(readings, classes, options, latent);
        SparseRow[] rows = [.. readings.Select(space.Row)];
        return new TextClassifier(
            classes, space, SoftmaxRegression.Fit(rows, places, weights, classes.Length, space.Width, options.Penalty, Rounds, cancellationToken));
    }

    /// <summary>How much each row counts.</summary>
    /// <param name="places">Class of each.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="balance">How far rare classes count as common ones, 0 to 1.</param>
    public static double[] RowWeights(int[] places, int classes, double balance)
    {
        int[] counts = new int[classes];
        foreach (int place in places)
        {
            counts[place]++;
        }

        return [.. places.Select(place => Math.Pow((double)places.Length / classes / counts[place], balance))];
    }

    /// <summary>Probabilities in the order of <see cref="Classes"/>.</summary>
    public double[] Predict(FindingReading reading) => Regression.Predict(Space.Row(reading));
}
