using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Transactions.Boosting;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Trains the pair model on judged contests. The threshold is chosen on contests that the scoring trees had not seen, each contest counting the same.
/// </summary>
internal static class DuplicateTrainer
{
    private const int InnerFolds = 3;
    private const double NearlyBest = 0.97;

    public static BoostingOptions Options(long seed) => new()
    {
        Trees = 160,
        Leaves = 12,
        Depth = 5,
        LearningRate = 0.06,
        LeastRows = 30,
        LeastHessian = 3,
        L2 = 10,
        FeatureShare = 0.35,
        RowShare = 0.6,
        Seed = seed,
    };

    /// <exception cref="ArgumentException">The contests hold no duplicates, or nothing but duplicates.</exception>
    public static DuplicateModel Train(IReadOnlyList<ContestPairs> contests, long seed, CancellationToken cancellationToken)
    {
        int folds = Math.Min(InnerFolds, contests.Count);
        double[][] unseen = new double[contests.Count][];
        for (int fold = 0; fold < folds; fold++)
        {
            ContestPairs[] seen = [.. contests.Where((_, i) => i % folds != fold || folds == 1)];
            var model = new DuplicateModel(Grow(seen, seed, cancellationToken), 0);
            for (int i = fold; i < contests.Count; i += folds)
            {
                unseen[i] = new double[contests[i].Candidates.Length];
                model.Score(contests[i].Features, unseen[i]);
            }
        }

        double threshold = BestThreshold(contests, unseen);
        return new DuplicateModel(Grow(contests, seed, cancellationToken), threshold);
    }

    private static BoostedTrees Grow(IReadOnlyList<ContestPairs> contests, long seed, CancellationToken cancellationToken) => BoostedTreesTrainer.Train(
        [.. contests.SelectMany(contest => contest.Rows)],
        [.. contests.SelectMany(contest => contest.Labels)],
        PairFeatures.Width,
        Options(seed),
        cancellationToken: cancellationToken);

    private static double BestThreshold(IReadOnlyList<ContestPairs> contests, double[][] probabilities)
    {
        var worths = new List<(double Threshold, double Worth)>();
        for (int step = 0; step <= 20; step++)
        {
            double threshold = 0.15 + (0.025 * step);
            double mean = 0;
            (long said, long truth, long both) = (0, 0, 0);
            for (int i = 0; i < contests.Count; i++)
            {
                (long s, long t, long b) = contests[i].Judge(contests[i].Cluster(probabilities[i], threshold));
                mean += ClusterMeasures.Pairwise(s, t, b).F1 / contests.Count;
                (said, truth, both) = (said + s, truth + t, both + b);
            }

            worths.Add((threshold, mean + ClusterMeasures.Pairwise(said, truth, both).F1));
        }

        // A handful of contests makes a ragged curve: the middle of all that are nearly best generalises better than its peak.
        double least = worths.Max(each => each.Worth) * NearlyBest;
        return worths.Where(each => each.Worth >= least).Average(each => each.Threshold);
    }
}
