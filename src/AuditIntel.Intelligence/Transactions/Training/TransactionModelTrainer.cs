using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>
/// Trains a model on labelled feature vectors, on one thread. The accounts are divided by the hash of their address: 80 % grow the trees, 10 % say when to
/// stop, 10 % calibrate the ensemble and measure it. Baseline and forest see no label.
/// </summary>
public static class TransactionModelTrainer
{
    private const int Shares = 20;
    private const int FirstStoppingShare = 16;
    private const int FirstCalibrationShare = 18;
    private const double EarlierPart = 0.8;

    /// <param name="rows">Labelled vectors in the order of time.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">The options are wrong, or a part of the accounts holds only one answer.</exception>
    public static TransactionModel Train(
        TransactionMatrix rows, TrainingOptions options, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        if (string.Join(' ', options.Validate()) is { Length: > 0 } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }

        TransactionMatrix fit = rows.Where(account => Share(account) < FirstStoppingShare);
        TransactionMatrix stopping = rows.Where(account => Share(account) is >= FirstStoppingShare and < FirstCalibrationShare);
        TransactionMatrix calibration = rows.Where(account => Share(account) >= FirstCalibrationShare);
        foreach (TransactionMatrix part in new[] { fit, stopping, calibration })
        {
            if (part.Labels.All(label => label) || !part.Labels.Any(label => label))
            {
                throw new ArgumentException("Too few accounts: flagged and other accounts are needed in each part of the training data.", nameof(rows));
            }
        }

        progress?.Invoke("isolation forest");
        RobustBaseline baseline = RobustBaseline.Train(rows.Values, options.Signals);
        IsolationForest forest = IsolationForestTrainer.Train(
            Deviations(baseline, rows), options.Signals.Length, options.Forest with { Seed = options.Seed }, cancellationToken);

        progress?.Invoke("boosted trees");
        BoostingOptions boosting = options.Boosting with { Seed = options.Seed };
        BoostedTrees trees = BoostedTreesTrainer.Train(
            fit.Values, fit.Labels, FeatureSchema.Count, boosting, (stopping.Values, stopping.Labels), cancellationToken);

        progress?.Invoke("ensemble");
        EnsembleWeights weights = Calibrate(baseline, forest, trees, calibration);
        TrainingRecord record = new()
        {
            Seed = options.Seed,
            Transactions = rows.Count,
            Accounts = rows.Accounts.Distinct().Count(),
            FlaggedAccounts = rows.Accounts.Where((_, row) => rows.Labels[row]).Distinct().Count(),
            From = rows.Timestamps.Min(),
            Until = rows.Timestamps.Max(),
            Validation = new ModelMetrics(0, 0, 0, 0),
            TimeOrdered = null,
            TimeOrderedFrom = rows.Timestamps.Order().ElementAt((int)(EarlierPart * (rows.Count - 1))),
        };
        FeatureRange[] usual = Usual(rows);
        var model = new TransactionModel(record, usual, baseline, forest, trees, weights);

        progress?.Invoke("validation by time");
        double[] probabilities = [.. Scores(model, calibration).Select(score => score.Probability)];
        record = record with
        {
            Validation = ModelJudgement.Of(probabilities, calibration, 0),
            TimeOrdered = JudgeByTime(fit, calibration, record.TimeOrderedFrom, boosting with { Trees = Math.Max(1, trees.Trees / 2) }, cancellationToken),
        };
        return new TransactionModel(record, usual, baseline, forest, trees, weights);
    }

    private static int Share(AccountAddress account) => (int)((account.StableHash >> 16) % Shares);

    private static float[] Deviations(RobustBaseline baseline, TransactionMatrix rows)
    {
        int signals = baseline.Signals.Length;
        float[] deviations = new float[rows.Count * signals];
        for (int row = 0; row < rows.Count; row++)
        {
            baseline.Deviations(rows.Row(row), deviations.AsSpan(row * signals, signals));
        }

        return deviations;
    }

    private static EnsembleWeights Calibrate(RobustBaseline baseline, IsolationForest forest, BoostedTrees trees, TransactionMatrix rows)
    {
        int signals = baseline.Signals.Length;
        float[] deviations = Deviations(baseline, rows);
        double[] ofTrees = new double[rows.Count];
        float[] ofForest = new float[rows.Count];
        trees.Score(rows.Values, ofTrees);
        forest.Score(deviations, ofForest);
        double[] ofBaseline = [.. Enumerable.Range(0, rows.Count).Select(row => (double)RobustBaseline.Score(deviations.AsSpan(row * signals, signals)))];
        return EnsembleWeights.Fit(ofTrees, [.. ofForest.Select(score => (double)score)], ofBaseline, rows.Labels);
    }

    private static TransactionScore[] Scores(TransactionModel model, TransactionMatrix rows)
    {
        var scores = new TransactionScore[rows.Count];
        model.Score(rows.Values, scores);
        return scores;
    }

    private static FeatureRange[] Usual(TransactionMatrix rows)
    {
        int[] ordinary = [.. Enumerable.Range(0, rows.Count).Where(row => !rows.Labels[row])];
        float[] column = new float[ordinary.Length];
        var usual = new FeatureRange[FeatureSchema.Count];
        for (int feature = 0; feature < usual.Length; feature++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = rows.Row(ordinary[i])[feature];
            }

            usual[feature] = FeatureRange.Of(column);
        }

        return usual;
    }

    private static ModelMetrics? JudgeByTime(
        TransactionMatrix fit, TransactionMatrix judged, long moment, BoostingOptions boosting, CancellationToken cancellationToken)
    {
        TransactionMatrix earlier = fit.Take([.. Enumerable.Range(0, fit.Count).Where(row => fit.Timestamps[row] < moment)]);
        TransactionMatrix later = judged.Take([.. Enumerable.Range(0, judged.Count).Where(row => judged.Timestamps[row] >= moment)]);
        if (earlier.Labels.Distinct().Count() < 2 || later.Labels.Distinct().Count() < 2)
        {
            return null;
        }

        BoostedTrees trees = BoostedTreesTrainer.Train(earlier.Values, earlier.Labels, FeatureSchema.Count, boosting, null, cancellationToken);
        double[] scores = new double[later.Count];
        trees.Score(later.Values, scores);
        return ModelJudgement.Of(scores, later, 0);
    }
}
