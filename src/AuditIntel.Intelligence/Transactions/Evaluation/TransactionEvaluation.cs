using System.Diagnostics;
using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>
/// Trains on some accounts and judges on others. The state runs over the whole stream in the order of time, as in production; the labels of the judged
/// accounts are only looked at for the measures.
/// </summary>
public static class TransactionEvaluation
{
    private const int TrainingShare = 7;
    private const int Shares = 10;

    /// <summary>Divides the accounts by the hash of their address, 70 % to train and 30 % to judge.</summary>
    /// <param name="stream">Labelled transactions in the order of the chain.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public static EvaluationResult Run(
        IReadOnlyList<LabelledTransaction> stream, TrainingOptions options, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        progress?.Invoke("features");
        TransactionMatrix all = TransactionMatrix.Extract(stream, cancellationToken);
        TransactionMatrix train = all.Where(IsForTraining);
        return Judge(TransactionModelTrainer.Train(train, options, progress, cancellationToken), all.Where(account => !IsForTraining(account)), progress);
    }

    /// <summary>
    /// Trains on one stream and judges on another, each with a state of its own. Accounts that are in both are left out of the judgement.
    /// </summary>
    /// <param name="judged">Labelled transactions in the order of the chain.</param>
    /// <param name="training">Others.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="ArgumentException">All judged accounts are among the training accounts.</exception>
    public static EvaluationResult Run(
        IReadOnlyList<LabelledTransaction> judged,
        IReadOnlyList<LabelledTransaction> training,
        TrainingOptions options,
        Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        progress?.Invoke("features");
        TransactionMatrix train = TransactionMatrix.Extract(training, cancellationToken);
        HashSet<AccountAddress> known = [.. train.Accounts];
        TransactionMatrix judge = TransactionMatrix.Extract(judged, cancellationToken).Where(account => !known.Contains(account));
        if (judge.Count == 0)
        {
            throw new ArgumentException("Every account to be judged is also in the training data: judge on other accounts.", nameof(judged));
        }

        return Judge(TransactionModelTrainer.Train(train, options, progress, cancellationToken), judge, progress);
    }

    /// <summary>Whether the split of <see cref="Run(IReadOnlyList{LabelledTransaction}, TrainingOptions, Action{string}, CancellationToken)"/> trains on the account.</summary>
    public static bool IsForTraining(AccountAddress account) => account.StableHash % Shares < TrainingShare;

    /// <summary>Judges a model on labelled vectors, each part on one thread.</summary>
    public static EvaluationResult Judge(TransactionModel model, TransactionMatrix rows, Action<string>? progress = null)
    {
        if (rows.Labels.Distinct().Count() < 2)
        {
            throw new ArgumentException("The accounts to be judged are all flagged or all not: both are needed.", nameof(rows));
        }

        progress?.Invoke("judgement");
        int signals = model.Baseline.Signals.Length;
        float[] deviations = new float[rows.Count * signals];
        double[] baseline = new double[rows.Count];
        float[] forest = new float[rows.Count];
        double[] trees = new double[rows.Count];
        var ensemble = new TransactionScore[rows.Count];

        double baselineRate = Rate(rows.Count, () =>
        {
            for (int row = 0; row < rows.Count; row++)
            {
                Span<float> own = deviations.AsSpan(row * signals, signals);
                model.Baseline.Deviations(rows.Row(row), own);
                baseline[row] = RobustBaseline.Score(own);
            }
        });
        double forestRate = Rate(rows.Count, () => model.Forest.Score(deviations, forest));
        double treesRate = Rate(rows.Count, () => model.Trees.Score(rows.Values, trees));
        double ensembleRate = Rate(rows.Count, () => model.Score(rows.Values, ensemble));
        return new EvaluationResult(
            model.Training.Transactions,
            model.Training.Accounts,
            rows.Count,
            rows.Accounts.Distinct().Count(),
            ModelJudgement.Of(baseline, rows, baselineRate),
            ModelJudgement.Of([.. forest.Select(score => (double)score)], rows, forestRate),
            ModelJudgement.Of(trees, rows, treesRate),
            ModelJudgement.Of([.. ensemble.Select(score => score.Probability)], rows, ensembleRate));
    }

    // The best of three: the first compiles and fills caches, and any may be disturbed.
    private static double Rate(int rows, Action score)
    {
        double best = 0;
        for (int run = 0; run < 3; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            score();
            best = Math.Max(best, rows / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }
}
