using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>What is known of a finding.</summary>
/// <param name="Entry">Number of its newest entry in the contest's log; its older entries are of texts that it has no more.</param>
/// <param name="Order">Number of its first entry: of several findings that say the same the lowest is canonical.</param>
/// <param name="Fingerprint">Of the finding as published, but for the time; 0 while it is a duplicate.</param>
/// <param name="Published">What was published last: a duplicate, or one whose canonical finding is itself.</param>
internal sealed record KnownFinding(long Entry, long Order, ulong Fingerprint, FindingDuplicate Published)
{
    /// <value>Whether it stands among the findings.</value>
    public bool IsUnique => Published.CanonicalId == Published.Id;
}
