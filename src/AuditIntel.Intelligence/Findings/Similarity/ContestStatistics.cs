namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// How telling a term is within a contest. All submissions of a contest name its contracts, which says nothing there and much elsewhere; so the share
/// of the contest counts as soon as there is one, and until then that of the whole history (a Dirichlet prior worth <see cref="Prior"/> findings).
/// </summary>
internal sealed class ContestStatistics(TermStatistics history)
{
    private const double Prior = 12;

    private readonly TermStatistics _contest = new();

    public int Findings => (int)_contest.Count;

    public void Add(ReadOnlySpan<uint> terms) => _contest.Add(terms);

    /// <summary>Inverse document frequency in nats, above 0.</summary>
    public float Weight(uint term)
    {
        double share = (_contest.Of(term) + (Prior * history.Share(term))) / (_contest.Count + Prior);
        return (float)Math.Max(0.02, -Math.Log(Math.Min(1, share)));
    }
}
