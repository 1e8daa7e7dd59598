namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>What a host gave to ask for changes only (RFC 9110, section 8.8), as it wrote them.</summary>
public sealed record PageValidator(string? ETag, string? LastModified);
