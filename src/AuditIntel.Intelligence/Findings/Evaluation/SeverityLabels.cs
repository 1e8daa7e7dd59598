using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>What different platforms call severe; null where a finding has no such label.</summary>
internal static class SeverityLabels
{
    /// <summary>Code4rena's headings: high, medium or low.</summary>
    public static string? OfHeadings(LabelledFinding finding) => finding.Finding.Platform != "code4rena" ? null : finding.Finding.Severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        _ => null,
    };

    /// <summary>Reports of audit firms, whose scale goes further down.</summary>
    public static string? OfFirms(LabelledFinding finding) => finding.Finding.Platform is "code4rena" or "sherlock" ? null : finding.Finding.Severity switch
    {
        Severity.Critical or Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        Severity.Informational or Severity.Gas => "informational",
        _ => null,
    };

    /// <summary>Sherlock's judges, whose groups end in H or M.</summary>
    public static string? OfGroups(LabelledFinding finding) => finding.Group is not { Length: > 0 } group ? null : group[^1] switch
    {
        'H' => "high",
        'M' => "medium",
        _ => null,
    };
}
