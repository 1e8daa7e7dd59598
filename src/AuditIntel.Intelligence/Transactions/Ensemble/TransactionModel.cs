using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Isolation;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>
/// Everything that scores a transaction: baseline, isolation forest, boosted trees and their ensemble. Immutable and safe for concurrent use, so a
/// running task swaps models by swapping a reference.
/// </summary>
public sealed class TransactionModel
{
    private const int MostSignals = 256;

    /// <summary>Records of an account at which half of the confidence is kept.</summary>
    private const double HalfTrust = 2;

    private static readonly int SenderRecords = FeatureSchema.IndexOf("sender.records");
    private static readonly int ReceiverRecords = FeatureSchema.IndexOf("receiver.records");

    private readonly FeatureRange[] _usual;

    /// <param name="training">What it was trained on, and how well it did.</param>
    /// <param name="usual">Range of each feature in the training rows that are not flagged.</param>
    /// <param name="baseline">Watches the signals.</param>
    /// <param name="forest">Grown on the signals' deviations.</param>
    /// <param name="trees">Grown on whole vectors.</param>
    /// <param name="weights">Makes one of the three.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other or the feature schema.</exception>
    internal TransactionModel(
        TrainingRecord training, FeatureRange[] usual, RobustBaseline baseline, IsolationForest forest, BoostedTrees trees, EnsembleWeights weights)
    {
        if (usual.Length != FeatureSchema.Count || trees.Width != FeatureSchema.Count || forest.Width != baseline.Signals.Length || forest.Width > MostSignals)
        {
            throw new ArgumentException("The parts of the model have different measures.", nameof(forest));
        }

        (Training, _usual, Baseline, Forest, Trees, Weights) = (training, usual, baseline, forest, trees, weights);
    }

    /// <value>What it was trained on, and how well it did.</value>
    public TrainingRecord Training { get; }

    public EnsembleWeights Weights { get; }

    public RobustBaseline Baseline { get; }

    /// <value>The isolation forest; its vectors are the deviations of <see cref="Baseline"/>.</value>
    public IsolationForest Forest { get; }

    /// <value>The supervised model, on whole feature vectors.</value>
    public BoostedTrees Trees { get; }

    internal ReadOnlySpan<FeatureRange> Usual => _usual;

    /// <summary>Scores one vector; allocates nothing.</summary>
    /// <param name="vector"><see cref="FeatureSchema.Count"/> numbers of <see cref="FeatureExtractor"/>.</param>
    public TransactionScore Score(ReadOnlySpan<float> vector)
    {
        Span<float> deviations = stackalloc float[MostSignals];
        deviations = deviations[..Forest.Width];
        Baseline.Deviations(vector, deviations);
        return Combine(Trees.Score(vector), Forest.Score(deviations), RobustBaseline.Score(deviations));
    }

    /// <summary>Scores many vectors, with the same results as one by one and less work for each.</summary>
    /// <param name="rows">Vectors one behind the other.</param>
    /// <param name="scores">As many as there are vectors.</param>
    public void Score(ReadOnlySpan<float> rows, Span<TransactionScore> scores)
    {
        int width = FeatureSchema.Count;
        int signals = Forest.Width;
        float[] deviations = new float[scores.Length * signals];
        float[] forest = new float[scores.Length];
        double[] supervised = new double[scores.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            Baseline.Deviations(rows.Slice(row * width, width), deviations.AsSpan(row * signals, signals));
        }

        Forest.Score(deviations, forest);
        Trees.Score(rows, supervised);
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = Combine(supervised[row], forest[row], RobustBaseline.Score(deviations.AsSpan(row * signals, signals)));
        }
    }

    /// <summary>Turns a score into a verdict with reasons. Meant for the few that are anomalies: it walks all trees once more and allocates.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="score">Its score.</param>
    /// <param name="thresholds">Where severities begin.</param>
    /// <param name="reasons">At most so many reasons, 1 or more.</param>
    public TransactionVerdict Explain(ReadOnlySpan<float> vector, in TransactionScore score, SeverityThresholds thresholds, int reasons = 5)
    {
        double[] contributions = new double[vector.Length];
        Contributions(vector, contributions);
        int[] order = [.. Enumerable.Range(0, contributions.Length)];
        Array.Sort([.. contributions.Select(each => -each)], order);
        var top = new List<AnomalyReason>(reasons);
        foreach (int feature in order.Take(reasons).Where(feature => contributions[feature] > 0))
        {
            top.Add(new AnomalyReason(FeatureSchema.Features[feature], vector[feature], _usual[feature].Low, _usual[feature].High, contributions[feature]));
        }

        double history = Math.Pow(2, Math.Max(vector[SenderRecords], vector[ReceiverRecords])) - 1;
        double confidence = Math.Abs((2 * score.Probability) - 1) * ((history + 1) / (history + 1 + HalfTrust));
        return new TransactionVerdict(score, thresholds.Of(score.Probability), confidence, top);
    }

    /// <summary>What each feature adds to the log-odds of the probability.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="contributions">As many numbers.</param>
    /// <returns>The log-odds without any feature: with the contributions they sum up to those of the score.</returns>
    internal double Contributions(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        float[] ofTrees = new float[vector.Length];
        float[] ofForest = new float[Forest.Width];
        float[] deviations = new float[Forest.Width];
        Trees.Explain(vector, ofTrees);
        Baseline.Deviations(vector, deviations);
        Forest.Explain(deviations, ofForest);
        for (int feature = 0; feature < vector.Length; feature++)
        {
            contributions[feature] = Weights.Supervised * ofTrees[feature];
        }

        for (int signal = 0; signal < deviations.Length; signal++)
        {
            contributions[Baseline.Features[signal]] += (Weights.Forest * ofForest[signal]) + (Weights.Baseline * deviations[signal] / deviations.Length);
        }

        return (Weights.Supervised * Trees.Baseline) + (Weights.Forest * Forest.Baseline) + Weights.Intercept;
    }

    private TransactionScore Combine(double supervised, float forest, float baseline) =>
        new(Logistic.Probability(Weights.LogOdds(supervised, forest, baseline)), forest, Logistic.Probability(supervised), baseline);
}
