using System.Collections.Concurrent;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Sources.Site;

internal sealed class MemoryCursors : ISourceCursors
{
    private readonly ConcurrentDictionary<string, SourceCursor> _cursors = new();

    public Task<SourceCursor?> LoadAsync(string source, CancellationToken cancellationToken) => Task.FromResult(_cursors.GetValueOrDefault(source));

    public Task<IReadOnlyDictionary<string, SourceCursor>> LoadAllAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, SourceCursor>>(_cursors.Where(each => each.Key.StartsWith(prefix)).ToDictionary(each => each.Key, each => each.Value));

    public Task SaveAsync(SourceCursor cursor, CancellationToken cancellationToken)
    {
        _cursors[cursor.Source] = cursor;
        return Task.CompletedTask;
    }
}
