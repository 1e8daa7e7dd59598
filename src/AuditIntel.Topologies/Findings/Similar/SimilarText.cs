using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Topologies.Findings.Similar;

/// <summary>A finding that came before, as far as its text is concerned.</summary>
internal sealed record SimilarText(string Id, string Platform, string Contest, SimilaritySignature Signature);
