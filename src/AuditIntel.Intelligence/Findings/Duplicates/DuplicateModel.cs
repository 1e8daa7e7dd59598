using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>How likely two findings of a contest are the same issue, and how likely is enough. Immutable.</summary>
internal sealed class DuplicateModel(BoostedTrees trees, RandomForest forest, LatentSpace latent)
{
    /// <summary>
    /// Least average probability at which clusters of a contest are put together of which nothing is known yet: half of the F1 that is usual. The contest's
    /// own evidence moves it soon.
    /// </summary>
    public const double Threshold = 0.35;

    /// <summary>What the boosted trees hold less likely, nearly all of the pairs, the forest is not asked.</summary>
    private const double LeastAsked = 0.01;

    /// <value>They tell the reasons and sort out what is plainly no duplicate.</value>
    public BoostedTrees Trees { get; } = trees;

    /// <value>Of two classes, the second of which is yes. Its probabilities carry over to other contests better than those of the boosted trees.</value>
    public RandomForest Forest { get; } = forest;

    /// <value>Where findings are placed to be compared by meaning.</value>
    public LatentSpace Latent { get; } = latent;

    /// <summary>Probabilities of pairs: the mean of both.</summary>
    /// <param name="features">Vectors one behind the other.</param>
    /// <param name="probabilities">As many.</param>
    public void Score(ReadOnlySpan<float> features, Span<double> probabilities)
    {
        Trees.Score(features, probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            double boosted = Logistic.Probability(probabilities[i]);
            double grown = boosted < LeastAsked ? 0 : Forest.Probability(features.Slice(i * PairFeatures.Width, PairFeatures.Width), 1);
            probabilities[i] = (boosted + grown) / 2;
        }
    }
}
