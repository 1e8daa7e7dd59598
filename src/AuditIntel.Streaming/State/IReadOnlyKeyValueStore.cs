using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>A store of keys and values, to look at.</summary>
public interface IReadOnlyKeyValueStore<TKey, TValue>
    where TKey : notnull
{
    string Name { get; }

    long Count { get; }

    bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value);

    /// <param name="key">Which.</param>
    /// <param name="value">Its value.</param>
    /// <param name="timestampMs">Event time of the last change, milliseconds since 1970.</param>
    bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs);

    /// <summary>A snapshot of all pairs: by key in an ordered store, in no order otherwise.</summary>
    IReadOnlyList<KeyValuePair<TKey, TValue>> All();

    /// <summary>A snapshot of the pairs whose key lies between the two, both included, by key.</summary>
    /// <exception cref="NotSupportedException">The store is not ordered.</exception>
    IReadOnlyList<KeyValuePair<TKey, TValue>> Range(TKey from, TKey to);
}
