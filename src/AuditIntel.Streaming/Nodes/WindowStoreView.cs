using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>A store of windows as a table.</summary>
internal sealed class WindowStoreView<TKey, TValue>(WindowStore<TKey, TValue> store) : ITableView<Windowed<TKey>, TValue>
    where TKey : notnull
{
    public bool TryGet(Windowed<TKey> key, [MaybeNullWhen(false)] out TValue value, out long timestampMs) =>
        store.TryFetch(key.Key, key.StartMs, out value, out timestampMs);
}
