namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Distinct terms, ascending, with how often each occurs.</summary>
internal sealed class TermCounts
{
    public static readonly TermCounts Empty = new([], []);

    private readonly uint[] _terms;
    private readonly byte[] _counts;

    private TermCounts(uint[] terms, byte[] counts) => (_terms, _counts) = (terms, counts);

    public ReadOnlySpan<uint> Terms => _terms;

    public ReadOnlySpan<byte> Counts => _counts;

    public int Length => _terms.Length;

    /// <summary>Lists that were kept.</summary>
    /// <param name="terms">Distinct, ascending.</param>
    /// <param name="counts">As many.</param>
    public static TermCounts Kept(uint[] terms, byte[] counts) => terms.Length == 0 ? Empty : new TermCounts(terms, counts);

    /// <param name="terms">In the order of the text.</param>
    /// <param name="most">Terms beyond are left out, those that come last first.</param>
    public static TermCounts Of(IReadOnlyList<uint> terms, int most)
    {
        if (terms.Count == 0)
        {
            return Empty;
        }

        var counts = new Dictionary<uint, int>(Math.Min(terms.Count, most));
        foreach (uint term in terms)
        {
            if (counts.TryGetValue(term, out int count))
            {
                counts[term] = count + 1;
            }
            else if (counts.Count < most)
            {
                counts.Add(term, 1);
            }
        }

        uint[] sorted = [.. counts.Keys];
        Array.Sort(sorted);
        byte[] frequencies = new byte[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            frequencies[i] = (byte)Math.Min(255, counts[sorted[i]]);
        }

        return new TermCounts(sorted, frequencies);
    }
}
