namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>A line or a code block of a finding.</summary>
/// <param name="Part">What it is about.</param>
/// <param name="IsCode">Whether it stands in a fence.</param>
/// <param name="IsHeading">Whether it is a heading.</param>
/// <param name="Start">Where it begins in the body.</param>
/// <param name="Length">Characters.</param>
internal readonly record struct MarkdownPiece(FindingPart Part, bool IsCode, bool IsHeading, int Start, int Length);
