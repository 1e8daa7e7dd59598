using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Statistics of the findings that a detector begins with.</summary>
internal static class DuplicateHistory
{
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
