using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.Nodes;

/// <summary>The rows of a table that meet a condition.</summary>
internal sealed class FilteredView<TKey, TValue>(ITableView<TKey, TValue> table, Func<TKey, TValue, bool> condition) : ITableView<TKey, TValue>
{
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs) =>
        table.TryGet(key, out value, out timestampMs) && condition(key, value);
}
