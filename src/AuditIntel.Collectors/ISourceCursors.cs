using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>Where sources go on after a restart. Save a cursor only when everything before it is acknowledged.</summary>
public interface ISourceCursors
{
    /// <summary>The newest cursor of a source, or null.</summary>
    Task<SourceCursor?> LoadAsync(string source, CancellationToken cancellationToken);

    /// <summary>The newest cursors of all sources whose names begin so, in one go.</summary>
    Task<IReadOnlyDictionary<string, SourceCursor>> LoadAllAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Returns when the cursor is kept for good.</summary>
    Task SaveAsync(SourceCursor cursor, CancellationToken cancellationToken);
}
