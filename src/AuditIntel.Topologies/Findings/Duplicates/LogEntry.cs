using System.Globalization;
using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>A finding's text as it came. Entries are never changed, only dropped when most of a log is of texts that were changed since.</summary>
/// <param name="Number">Its place in the contest.</param>
/// <param name="Finding">Id of the finding; empty where the contest had paused and was settled.</param>
/// <param name="Memo">Null for a copy of a text that the contest has already; its id is <see cref="IdOf"/> of the number.</param>
internal sealed record LogEntry(long Number, string Finding, FindingMemo? Memo)
{
    public bool IsPause => Finding.Length == 0;

    public static string IdOf(long number) => number.ToString("x8", CultureInfo.InvariantCulture);
}
