namespace AuditIntel.Collectors;

/// <summary>How far a collection has come.</summary>
public readonly record struct CollectionProgress(int FilesDone, int FilesTotal, long Findings);
