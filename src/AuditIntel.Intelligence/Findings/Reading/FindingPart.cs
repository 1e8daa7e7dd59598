namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>What a stretch of a finding's markdown is about, told by the heading above it.</summary>
internal enum FindingPart
{
    Description,
    Impact,
    Recommendation,

    /// <summary>Forms to fill in, such as "Tool used".</summary>
    Formality,

    /// <summary>What sponsors and judges said later: not known when a finding arrives, so no model may read it.</summary>
    Comments,
}
