using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>How likely two findings of a contest are the same issue, and how likely is enough. Immutable.</summary>
internal sealed class DuplicateModel(BoostedTrees trees, double threshold)
{
    public BoostedTrees Trees { get; } = trees;

    /// <value>Least average probability at which findings are put together.</value>
    public double Threshold { get; } = threshold;

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
