using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>One thing that a collector has read.</summary>
public abstract record Collected
{
    private Collected()
    {
    }

    public sealed record OfContest(Contest Contest) : Collected;

    public sealed record OfFinding(RawFinding Finding) : Collected;

    public sealed record OfDeadLetter(DeadLetter Letter) : Collected;
}
