namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Stacked generalisation (Wolpert 1992): linear models read a finding in different ways; what they say goes to a softmax regression, and together with the
/// signals to a forest. The answer is the mean of the first linear model, the forest and the regression, which err differently. Immutable.
/// </summary>
internal sealed class StackedClassifier : IFindingClassifier
{
    private const int InnerFolds = 5;
    private const int Rounds = 200;
    private const double LeastProbability = 1e-3;

    /// <exception cref="ArgumentException">Forest or regression were made for other views.</exception>
    public StackedClassifier(IReadOnlyList<TextClassifier> views, bool readsVerdicts, RandomForest forest, SoftmaxRegression regression)
    {
        int said = views.Sum(view => view.Classes.Count) + (readsVerdicts ? SeverityVerdicts.Count : 0);
        int signals = views[0].Space.Means.Length;
        if (forest.Width != said + signals || regression.Features != said || forest.Classes != views[0].Classes.Count || regression.Classes != forest.Classes)
        {
            throw new ArgumentException($"forest and regression read {forest.Width} and {regression.Features} numbers, but {said + signals} and {said} are given.", nameof(forest));
        }

        (Views, ReadsVerdicts, Forest, Regression) = (views, readsVerdicts, forest, regression);
    }

    /// <value>Linear models of the classes, 1 or more.</value>
    public IReadOnlyList<TextClassifier> Views { get; }

    /// <value>Whether forest and regression see <see cref="FindingReading.Verdicts"/>.</value>
    public bool ReadsVerdicts { get; }

    public RandomForest Forest { get; }

    public SoftmaxRegression Regression { get; }

    public IReadOnlyList<string> Classes => Views[0].Classes;

    /// <param name="readings">Findings.</param>
    /// <param name="labels">Class of each.</param>
    /// <param name="contests">Contest of each: forest and regression learn from what linear models say of contests that they have not seen.</param>
    /// <param name="options">What is read and how.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    public static StackedClassifier Train(
        IReadOnlyList<FindingReading> readings,
        IReadOnlyList<string> labels,
        IReadOnlyList<string> contests,
        StackOptions options,
        CancellationToken cancellationToken)
    {
        TextClassifier[] views = TrainViews(readings, labels, options, cancellationToken);
        IReadOnlyList<string> classes = views[0].Classes;
        string[] names = [.. contests.Distinct().Order(StringComparer.Ordinal)];
        int[] folds = [.. contests.Select(contest => Array.IndexOf(names, contest) % InnerFolds)];
        float[][] said = new float[readings.Count][];
        for (int fold = 0; fold < InnerFolds; fold++)
        {
            int[] seen = [.. Enumerable.Range(0, readings.Count).Where(i => folds[i] != fold)];
            bool enough = seen.Select(i => labels[i]).Distinct().Count() > 1;
            TextClassifier[] inner = enough
                ? TrainViews([.. seen.Select(i => readings[i])], [.. seen.Select(i => labels[i])], options, cancellationToken)
                : views;
            for (int i = 0; i < said.Length; i++)
            {
                if (folds[i] == fold)
                {
                    said[i] = Said(inner.Select(view => In(classes, view, view.Predict(readings[i]))), options.ReadsVerdicts, readings[i]);
                }
            }
        }

        int[] places = [.. labels.Select(label => classes.ToList().IndexOf(label))];
        double[] weights = TextClassifier.RowWeights(places, classes.Count, options.Views[0].Balance);
        float[][] rows = [.. said.Select((numbers, i) => ForestRow(numbers, readings[i], views[0].Space))];
        return new StackedClassifier(
            views,
            options.ReadsVerdicts,
            ForestGrower.Grow(rows, places, weights, classes.Count, options.Forest, cancellationToken),
            SoftmaxRegression.Fit([.. said.Select(RegressionRow)], places, weights, classes.Count, said[0].Length, options.Penalty, Rounds, cancellationToken));
    }

    public double[] Predict(FindingReading reading)
    {
        double[][] linear = [.. Views.Select(view => view.Predict(reading))];
        float[] said = Said(linear, ReadsVerdicts, reading);
        double[] grown = Forest.Predict(ForestRow(said, reading, Views[0].Space));
        double[] weighed = Regression.Predict(RegressionRow(said));
        return [.. linear[0].Select((probability, i) => (probability + grown[i] + weighed[i]) / 3)];
    }

    private static TextClassifier[] TrainViews(
        IReadOnlyList<FindingReading> readings, IReadOnlyList<string> labels, StackOptions options, CancellationToken cancellationToken) =>
        [.. options.Views.Select(view => TextClassifier.Train(readings, labels, view, latent: null, cancellationToken))];

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

    private static float[] Said(IEnumerable<double[]> views, bool readsVerdicts, FindingReading reading) =>
    [
        .. views.SelectMany(probabilities => probabilities.Select(probability => (float)Math.Log(probability + LeastProbability))),
        .. readsVerdicts ? reading.Verdicts : [],
    ];

    private static float[] ForestRow(float[] said, FindingReading reading, FeatureSpace space) => [.. said, .. FeatureSpace.SignalsOf(reading, space.Options)];

    private static SparseRow RegressionRow(float[] said) => new([.. Enumerable.Range(0, said.Length)], said);
}
