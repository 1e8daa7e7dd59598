using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime.Queries;

/// <summary>A key-value store of all the instance's tasks, to look at.</summary>
internal sealed class QueriedKeyValueStore<TKey, TValue>(StoreQuery<IReadOnlyKeyValueStore<TKey, TValue>> query) : IReadOnlyKeyValueStore<TKey, TValue>
    where TKey : notnull
{
    public string Name => query.Name;

    public long Count => query.All(store => (IReadOnlyList<long>)[store.Count]).Sum();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => TryGet(key, out value, out _);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs)
    {
        bool found = query.TryFirst(
            (IReadOnlyKeyValueStore<TKey, TValue> store, out (TValue Value, long TimestampMs) answer) =>
            {
                bool has = store.TryGet(key, out TValue? own, out long time);
                answer = (own!, time);
                return has;
            },
            out (TValue Value, long TimestampMs) entry);
        (value, timestampMs) = found ? entry : (default, -1);
        return found;
    }

    public IReadOnlyList<KeyValuePair<TKey, TValue>> All() => query.All(store => store.All());

    public IReadOnlyList<KeyValuePair<TKey, TValue>> Range(TKey from, TKey to)
    {
        List<KeyValuePair<TKey, TValue>> pairs = query.All(store => store.Range(from, to));
        pairs.Sort((one, other) => Comparer<TKey>.Default.Compare(one.Key, other.Key));
        return pairs;
    }
}
