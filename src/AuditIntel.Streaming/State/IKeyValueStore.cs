using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>Keys and values of one task. Only the task's own thread may touch it.</summary>
public interface IKeyValueStore<TKey, TValue>
    where TKey : notnull
{
    string Name { get; }

    long Count { get; }

    bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value);

    void Put(TKey key, TValue value);

    /// <returns>Whether the key was there.</returns>
    bool Delete(TKey key);

    /// <summary>A snapshot of all pairs, in no order.</summary>
    IReadOnlyList<KeyValuePair<TKey, TValue>> All();
}
