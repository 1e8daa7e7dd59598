namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>The parts of a finding that a mapping may name.</summary>
internal enum FindingField
{
    /// <summary>Unique within its contest; without it the address, and without that the title.</summary>
    Id,
    Title,
    Body,
    Severity,
    Url,
    Date,
    Authors,

    /// <summary>What the finding belongs to; without it the source itself.</summary>
    Contest,
}
