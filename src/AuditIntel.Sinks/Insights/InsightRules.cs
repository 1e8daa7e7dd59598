using AuditIntel.Contracts;
using static AuditIntel.Sinks.Postgres.TableRules;

namespace AuditIntel.Sinks.Insights;

/// <summary>The limits of the tables in V0003__insights.sql that a well-formed record can break.</summary>
internal static class InsightRules
{
    /// <returns>Null, or one sentence that names field and fault.</returns>
    public static string? Fault(object value) => value switch
    {
        TrendRow { Trend: var t } => KeyFault("value", t.Value) ?? DaysFault(t.WindowDays, t.WindowStart is null)
            ?? CountFault("count", t.Count) ?? CountFault("previousCount", t.PreviousCount) ?? ProbabilityFault("pValue", t.PValue)
            ?? ProbabilityFault("adjustedPValue", t.AdjustedPValue),
        ThreatRow { Threat: var t } => KeyFault("type", t.Type) ?? DaysFault(t.WindowDays, isUndated: false) ?? CountFault("count", t.Count)
            ?? CountFault("previousCount", t.PreviousCount) ?? ProbabilityFault("adjustedPValue", t.AdjustedPValue),
        FindingDuplicate d => IdFault("id", d.Id) ?? IdFault("canonicalId", d.CanonicalId) ?? ShareFault("similarity", d.Similarity)
            ?? (d.Id == d.CanonicalId ? "Field canonicalId is the finding itself." : null),
        _ => null,
    };

    private static string? DaysFault(int days, bool isUndated) =>
        days is >= 0 and <= 3660 && (days == 0) == isUndated ? null : $"Field windowDays is {days}, which does not go with {(isUndated ? "no " : "a ")}windowStart.";

    private static string? CountFault(string field, long count) => count >= 0 ? null : $"Field {field} is {count}: negative.";

    private static string? ProbabilityFault(string field, double? value) => value is { } p ? ShareFault(field, p) : null;
}
