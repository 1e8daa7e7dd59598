using AuditIntel.Intelligence.Transactions.Boosting;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Trains the pair model on judged contests: on the candidates that each finding had when it came, and on the pairs of the whole contests.</summary>
internal static class DuplicateTrainer
{
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
    public static DuplicateModel Train(IReadOnlyList<ContestPairs> contests, long seed, CancellationToken cancellationToken) => new(
        Grow(contests.Select(contest => contest.Live), seed, cancellationToken),
        Grow(contests.Select(contest => contest.Whole), seed, cancellationToken));

    private static BoostedTrees Grow(IEnumerable<LabelledPairs> pairs, long seed, CancellationToken cancellationToken)
    {
        LabelledPairs[] all = [.. pairs];
        return BoostedTreesTrainer.Train(
            [.. all.SelectMany(each => each.Rows)], [.. all.SelectMany(each => each.Labels)], PairFeatures.Width, Options(seed), cancellationToken: cancellationToken);
    }
}
