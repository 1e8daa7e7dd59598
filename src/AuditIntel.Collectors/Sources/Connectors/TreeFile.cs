namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>A file of a repository.</summary>
/// <param name="Path">Below the root, with '/'.</param>
/// <param name="Hash">Git's hash of its content.</param>
/// <param name="Size">In bytes; 0 when the listing does not say.</param>
internal readonly record struct TreeFile(string Path, string Hash, long Size);
