using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime.Queries;

/// <summary>A session store of all the instance's tasks, to look at.</summary>
internal sealed class QueriedSessionStore<TKey, TValue>(StoreQuery<IReadOnlySessionStore<TKey, TValue>> query) : IReadOnlySessionStore<TKey, TValue>
    where TKey : notnull
{
    public string Name => query.Name;

    public bool TryFetch(TKey key, long startMs, long endMs, [MaybeNullWhen(false)] out TValue value) => query.TryFirst(
        (IReadOnlySessionStore<TKey, TValue> store, out TValue? answer) => store.TryFetch(key, startMs, endMs, out answer), out value);

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key) => query.All(store => store.Fetch(key));

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FindSessions(TKey key, long earliestEndMs, long latestStartMs) =>
        query.All(store => store.FindSessions(key, earliestEndMs, latestStartMs));

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All() => query.All(store => store.All());
}
