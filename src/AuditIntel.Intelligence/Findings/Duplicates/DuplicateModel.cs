using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>How likely two findings of a contest are the same issue, when the later one comes and when the contest has paused. Immutable.</summary>
/// <param name="trees">Of vectors as they are when a finding comes.</param>
/// <param name="mature">Of vectors as they are when the contest is known.</param>
internal sealed class DuplicateModel(BoostedTrees trees, BoostedTrees mature)
{
    /// <summary>Least average probability at which findings are put together as they come: more likely than not. What is doubtful waits for the pause.</summary>
    public const double Clear = 0.5;

    /// <summary>
    /// Least average probability at which they are put together in the pause. F1 is greatest where what is as likely as half of that F1 is still taken (Lipton, Elkan
    /// and Narayanaswamy 2014); pairs of contests that were not trained on come to about 0.6 before they are put together.
    /// </summary>
    public const double Settled = 0.3;

    public BoostedTrees Trees { get; } = trees;

    public BoostedTrees Mature { get; } = mature;

    /// <summary>Probabilities of pairs when their later finding comes.</summary>
    /// <param name="features">Vectors one behind the other.</param>
    /// <param name="probabilities">As many.</param>
    public void Score(ReadOnlySpan<float> features, Span<double> probabilities) => Score(Trees, features, probabilities);

    /// <summary>Probabilities of pairs when their contest is known.</summary>
    public double[] Score(MaturePairs pairs)
    {
        double[] probabilities = new double[pairs.Places.Length];
        Score(Mature, pairs.Features, probabilities);
        return probabilities;
    }

    private static void Score(BoostedTrees trees, ReadOnlySpan<float> features, Span<double> probabilities)
    {
        trees.Score(features, probabilities);
        foreach (ref double each in probabilities)
        {
            each = Logistic.Probability(each);
        }
    }
}
