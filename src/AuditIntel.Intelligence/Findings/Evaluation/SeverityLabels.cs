using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>The severities to learn from; null where a finding has none.</summary>
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
}
