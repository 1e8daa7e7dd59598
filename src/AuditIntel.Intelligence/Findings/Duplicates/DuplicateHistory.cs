using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Statistics of the findings that a detector begins with.</summary>
internal static class DuplicateHistory
{
    private const int LatentDimensions = 64;
    private const int LatentTerms = 8_000;

    /// <summary>Counts findings as <see cref="CandidateFinder"/> does, without keeping them.</summary>
    public static TermStatistics Of(IEnumerable<FindingSketch> findings)
    {
        var history = new TermStatistics();
        var distinct = new HashSet<uint>();
        foreach (FindingSketch sketch in findings)
        {
            history.Add(DistinctTerms(sketch, distinct));
        }

        return history;
    }

    /// <summary>The latent space in which findings are compared.</summary>
    public static LatentSpace LatentOf(IEnumerable<FindingSketch> findings, long seed, CancellationToken cancellationToken) =>
        LatentSpace.Of([.. findings.Select(sketch => sketch.Words.Repeated())], LatentDimensions, LatentTerms, seed, cancellationToken);

    public static uint[] DistinctTerms(FindingSketch sketch, HashSet<uint> distinct)
    {
        distinct.Clear();
        foreach (TermCounts terms in (ReadOnlySpan<TermCounts>)[sketch.Title, sketch.Words, sketch.Named, sketch.Coded, sketch.Phrases])
        {
            foreach (uint term in terms.Terms)
            {
                distinct.Add(term);
            }
        }

        return [.. distinct];
    }
}
