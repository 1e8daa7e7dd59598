using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime.Queries;

/// <summary>A window store of all the instance's tasks, to look at.</summary>
internal sealed class QueriedWindowStore<TKey, TValue>(StoreQuery<IReadOnlyWindowStore<TKey, TValue>> query) : IReadOnlyWindowStore<TKey, TValue>
    where TKey : notnull
{
    public string Name => query.Name;

    public bool TryFetch(TKey key, long startMs, [MaybeNullWhen(false)] out TValue value) => query.TryFirst(
        (IReadOnlyWindowStore<TKey, TValue> store, out TValue? answer) => store.TryFetch(key, startMs, out answer), out value);

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key, long fromMs, long toMs) => query.All(store => store.Fetch(key, fromMs, toMs));

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FetchAll(long fromMs, long toMs) => query.All(store => store.FetchAll(fromMs, toMs));

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All() => query.All(store => store.All());
}
