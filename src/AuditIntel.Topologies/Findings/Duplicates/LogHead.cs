namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>How far a contest's log goes.</summary>
/// <param name="Next">Number of the next entry.</param>
/// <param name="Entries">Entries that are kept.</param>
/// <param name="Outdated">Of these, entries of texts that were changed since.</param>
/// <param name="Settled">Number behind the last entry that the contest was settled with.</param>
/// <param name="Model">SHA-256 of the model that judged the contest last; empty for none.</param>
internal sealed record LogHead(long Next, int Entries, int Outdated, long Settled, string Model)
{
    public static readonly LogHead Empty = new(0, 0, 0, 0, "");
}
