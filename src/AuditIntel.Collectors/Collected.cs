using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>One thing that a collector has read.</summary>
public abstract record Collected
{
    private Collected()
    {
    }

    public sealed record OfContest(Contest Contest) : Collected;

    public sealed record OfFinding(RawFinding Finding) : Collected
    {
        /// <value>Whether the collector has no further finding of its contest, as far as it knows.</value>
        public bool EndsContest { get; init; }
    }

    public sealed record OfDeadLetter(DeadLetter Letter) : Collected;
}
