using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Findings;

/// <summary>A finding, and of a duplicate the id of the one it repeats.</summary>
internal sealed record DedupVerdict(Finding Finding, string? CanonicalId);
