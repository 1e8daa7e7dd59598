namespace AuditIntel.Streaming.State;

/// <summary>Keys and values of one task. Only the task's own thread may touch it.</summary>
public interface IKeyValueStore<TKey, TValue> : IReadOnlyKeyValueStore<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Stores the value with the timestamp of the record that is being processed.</summary>
    void Put(TKey key, TValue value);

    void Put(TKey key, TValue value, long timestampMs);

    /// <returns>Whether the value was stored: the key was not there.</returns>
    bool PutIfAbsent(TKey key, TValue value);

    /// <returns>Whether the key was there.</returns>
    bool Delete(TKey key);

    /// <summary>Calls for every pair, in no order, without the copy that <see cref="IReadOnlyKeyValueStore{TKey,TValue}.All"/> makes; the store may not be changed meanwhile.</summary>
    void ForEach(Action<TKey, TValue> action);
}
