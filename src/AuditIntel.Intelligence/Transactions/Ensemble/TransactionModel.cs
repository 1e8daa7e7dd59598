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
    private readonly double _baseLogOdds;

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
        _baseLogOdds = (weights.Supervised * trees.Baseline) + (weights.Forest * forest.Baseline) + weights.Intercept;
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

    /// <summary>The severity of a score, without its reasons: enough to tell the few that are worth an explanation.</summary>
    public AnomalySeverity SeverityOf(in TransactionScore score, SeverityThresholds thresholds) => thresholds.Of(score.Probability, IsRare(score));

    /// <summary>Turns a score into a verdict without reasons, at the price of one object.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="score">Its score.</param>
    /// <param name="thresholds">Where severities begin.</param>
    public TransactionVerdict Judge(ReadOnlySpan<float> vector, in TransactionScore score, SeverityThresholds thresholds)
    {
        bool rare = IsRare(score);

        // What is improbable as fraud is certain to be rare: the forest has counted it.
        double certainty = IsOnlyRare(score, thresholds) ? 1 : Math.Abs((2 * score.Probability) - 1);
        double history = Math.Pow(2, Math.Max(vector[SenderRecords], vector[ReceiverRecords])) - 1;
        double confidence = certainty * ((history + 1) / (history + 1 + HalfTrust));
        return new TransactionVerdict(score, thresholds.Of(score.Probability, rare), rare, confidence, []);
    }

    /// <summary>Turns a score into a verdict with reasons. Meant for the few that are anomalies: it walks all trees once more and allocates.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="score">Its score.</param>
    /// <param name="thresholds">Where severities begin.</param>
    /// <param name="reasons">At most so many reasons, 1 or more.</param>
    public TransactionVerdict Explain(ReadOnlySpan<float> vector, in TransactionScore score, SeverityThresholds thresholds, int reasons = 5)
    {
        Span<double> contributions = stackalloc double[FeatureSchema.Count];
        contributions.Clear();
        if (IsOnlyRare(score, thresholds))
        {
            ContributionsToRarity(vector, contributions);
        }
        else
        {
            Contributions(vector, contributions);
        }

        return Judge(vector, score, thresholds) with { Reasons = Reasons(vector, contributions, reasons) };
    }

    /// <summary>What each feature adds to the log-odds of the probability.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="contributions">As many numbers.</param>
    /// <returns>The log-odds without any feature: with the contributions they sum up to those of the score.</returns>
    internal double Contributions(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Span<float> ofTrees = stackalloc float[FeatureSchema.Count];
        Span<float> ofForest = stackalloc float[MostSignals];
        Span<float> deviations = stackalloc float[MostSignals];
        ofForest = ofForest[..Forest.Width];
        deviations = deviations[..Forest.Width];
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

        return _baseLogOdds;
    }

    private void ContributionsToRarity(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Span<float> deviations = stackalloc float[MostSignals];
        Span<float> ofForest = stackalloc float[MostSignals];
        deviations = deviations[..Forest.Width];
        ofForest = ofForest[..Forest.Width];
        Baseline.Deviations(vector, deviations);
        Forest.Explain(deviations, ofForest);
        for (int signal = 0; signal < ofForest.Length; signal++)
        {
            contributions[Baseline.Features[signal]] += ofForest[signal];
        }
    }

    private List<AnomalyReason> Reasons(ReadOnlySpan<float> vector, Span<double> contributions, int most)
    {
        var reasons = new List<AnomalyReason>(most);
        while (reasons.Count < most)
        {
            int best = 0;
            for (int feature = 1; feature < contributions.Length; feature++)
            {
                best = contributions[feature] > contributions[best] ? feature : best;
            }

            if (contributions[best] <= 0)
            {
                break;
            }

            reasons.Add(new AnomalyReason(FeatureSchema.Features[best], vector[best], _usual[best].Low, _usual[best].High, contributions[best]));
            contributions[best] = 0;
        }

        return reasons;
    }

    private bool IsRare(in TransactionScore score) => score.IsolationForest > Training.RareForestScore;

    private bool IsOnlyRare(in TransactionScore score, SeverityThresholds thresholds) =>
        IsRare(score) && thresholds.Of(score.Probability, isRare: false) == AnomalySeverity.None;

    private TransactionScore Combine(double supervised, float forest, float baseline) =>
        new(Logistic.Probability(Weights.LogOdds(supervised, forest, baseline)), forest, Logistic.Probability(supervised), baseline);
}
