using System.Buffers;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Findings;

/// <summary>
/// The limits of the tables (V0001__findings.sql) that a well-formed record can break: checked here, so that one bad record costs a dead letter
/// and not the taking apart of its batch. The database's own checks stay the last word.
/// </summary>
internal static class RowRules
{
    /// <summary>Bytes of an indexed text column: three of them fit into a B-tree entry (2704 bytes at most).</summary>
    public const int IndexedTextLimit = 1024;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <returns>Null, or one sentence that names field and fault.</returns>
    public static string? Fault(object record) => record switch
    {
        Finding f => IdFault("id", f.Id) ?? IdFault("contentHash", f.ContentHash) ?? KeyFault("platform", f.Platform) ?? KeyFault("contest", f.Contest)
            ?? KeyFault("vulnerabilityType", f.VulnerabilityType) ?? ShareFault("typeConfidence", f.TypeConfidence) ?? NumericFault("prizePoolUsd", f.PrizePoolUsd),
        FindingDuplicate d => IdFault("id", d.Id) ?? IdFault("canonicalId", d.CanonicalId) ?? IdFault("contentHash", d.ContentHash)
            ?? KeyFault("platform", d.Platform) ?? KeyFault("contest", d.Contest) ?? ShareFault("similarity", d.Similarity),
        Contest c => KeyFault("platform", c.Platform) ?? KeyFault("contest", c.Id) ?? NumericFault("prizePoolUsd", c.PrizePoolUsd),
        DeadLetter l => IdFault("id", l.Id) ?? KeyFault("stage", l.Stage) ?? KeyFault("errorClass", l.ErrorClass),
        _ => null,
    };

    private static string? IdFault(string field, string value)
    {
        if (value.Length == 64 && !value.AsSpan().ContainsAnyExcept(LowerHex))
        {
            return null;
        }

        return $"Field {field} is not a SHA-256 of 64 hex digits in lower case.";
    }

    private static string? KeyFault(string field, string value)
    {
        if (value.Length == 0)
        {
            return $"Field {field} is empty.";
        }

        return value.Length > IndexedTextLimit / 3 && Encoding.UTF8.GetByteCount(value) > IndexedTextLimit
            ? $"Field {field} has more than {IndexedTextLimit} bytes."
            : null;
    }

    private static string? ShareFault(string field, double value) =>
        value is >= 0 and <= 1 ? null : $"Field {field} is {value}, not between 0 and 1.";

    // numeric(18, 2): sixteen digits before the point.
    private static string? NumericFault(string field, decimal? value) =>
        value is { } number && Math.Abs(number) >= 10_000_000_000_000_000m ? $"Field {field} has more than 16 digits before the point." : null;
}
