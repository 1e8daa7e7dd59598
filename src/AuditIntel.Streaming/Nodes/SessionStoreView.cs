using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>A store of sessions as a table; a session's timestamp is its end.</summary>
internal sealed class SessionStoreView<TKey, TValue>(SessionStore<TKey, TValue> store) : ITableView<Windowed<TKey>, TValue>
    where TKey : notnull
{
    public bool TryGet(Windowed<TKey> key, [MaybeNullWhen(false)] out TValue value, out long timestampMs)
    {
        timestampMs = key.EndMs;
        return store.TryFetch(key.Key, key.StartMs, key.EndMs, out value);
    }
}
