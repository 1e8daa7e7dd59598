using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>How likely two findings of a contest are the same issue, and how likely is enough. Immutable.</summary>
internal sealed class DuplicateModel(BoostedTrees trees, double threshold, LatentSpace latent)
{
    public BoostedTrees Trees { get; } = trees;

    /// <value>Least average probability at which clusters of a contest are put together of which nothing is known yet.</value>
    public double Threshold { get; } = threshold;

    /// <value>Where findings are placed to be compared by meaning.</value>
    public LatentSpace Latent { get; } = latent;

    /// <summary>Probabilities of pairs.</summary>
    /// <param name="features">Vectors one behind the other.</param>
    /// <param name="probabilities">As many.</param>
    public void Score(ReadOnlySpan<float> features, Span<double> probabilities)
    {
        Trees.Score(features, probabilities);
        foreach (ref double each in probabilities)
        {
            each = Logistic.Probability(each);
        }
    }
}
