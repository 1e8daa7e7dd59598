using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Transactions.Boosting;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Trains the pair model on judged contests: several boosters of other seeds, averaged, and a forest, since what one of them makes of few contests is partly
/// chance, and pairs of one contest are less independent than they are many.
/// </summary>
internal static class DuplicateTrainer
{
    private const int Boosters = 4;

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

    private static ForestOptions Forest(long seed) => new() { Trees = 60, LeastRows = 4, FeatureShare = 0.4, RowShare = 0.3, Seed = seed };

    /// <exception cref="ArgumentException">The contests hold no duplicates, or nothing but duplicates.</exception>
    public static DuplicateModel Train(IReadOnlyList<ContestPairs> contests, long seed, CancellationToken cancellationToken)
    {
        float[] rows = [.. contests.SelectMany(contest => contest.Rows)];
        bool[] labels = [.. contests.SelectMany(contest => contest.Labels)];
        BoostedTrees trees = BoostedTrees.Mean(
        [
            .. Enumerable.Range(0, Boosters).Select(i =>
                BoostedTreesTrainer.Train(rows, labels, PairFeatures.Width, Options((seed * Boosters) + i), cancellationToken: cancellationToken)),
        ]);
        RandomForest forest = ForestGrower.Grow(
            [.. rows.Chunk(PairFeatures.Width)], [.. labels.Select(label => label ? 1 : 0)], [.. labels.Select(_ => 1.0)], 2, Forest(seed), cancellationToken);
        return new DuplicateModel(trees, forest, contests[0].Latent);
    }
}
