using AuditIntel.Contracts;
using static AuditIntel.Sinks.Postgres.TableRules;

namespace AuditIntel.Sinks.Findings;

/// <summary>The limits of the tables in V0001__findings.sql that a well-formed record can break.</summary>
internal static class FindingRules
{
    /// <returns>Null, or one sentence that names field and fault.</returns>
    public static string? Fault(object record) => record switch
    {
        Finding f => IdFault("id", f.Id) ?? IdFault("contentHash", f.ContentHash) ?? KeyFault("platform", f.Platform) ?? KeyFault("contest", f.Contest)
            ?? KeyFault("vulnerabilityType", f.VulnerabilityType) ?? ShareFault("typeConfidence", f.TypeConfidence) ?? NumericFault("prizePoolUsd", f.PrizePoolUsd),
        FindingDuplicate d => IdFault("id", d.Id) ?? IdFault("canonicalId", d.CanonicalId) ?? IdFault("contentHash", d.ContentHash)
            ?? KeyFault("platform", d.Platform) ?? KeyFault("contest", d.Contest) ?? ShareFault("similarity", d.Similarity),
        Contest c => KeyFault("platform", c.Platform) ?? KeyFault("contest", c.Id) ?? NumericFault("prizePoolUsd", c.PrizePoolUsd),
        _ => null,
    };

    // numeric(18, 2): sixteen digits before the point.
    private static string? NumericFault(string field, decimal? value) =>
        value is { } number && Math.Abs(number) >= 10_000_000_000_000_000m ? $"Field {field} has more than 16 digits before the point." : null;
}
