using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.Runtime.Queries;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <content>
/// Interactive queries: stores of the tasks that this instance runs, safe for any thread. A query waits for the record that a task is processing. Keys of
/// other instances' tasks are not seen.
/// </content>
public sealed partial class KafkaStreams
{
    /// <summary>A key-value store or the store of a table.</summary>
    /// <remarks>Its methods throw <see cref="StreamsException"/> while no task of the instance has the store, as in a rebalance.</remarks>
    public IReadOnlyKeyValueStore<TKey, TValue> KeyValueStore<TKey, TValue>(string name)
        where TKey : notnull =>
        _globals?.Stores.GetValueOrDefault(name) as IReadOnlyKeyValueStore<TKey, TValue>
        ?? new QueriedKeyValueStore<TKey, TValue>(new StoreQuery<IReadOnlyKeyValueStore<TKey, TValue>>(name, RunningTasks));

    /// <inheritdoc cref="KeyValueStore{TKey,TValue}"/>
    /// <summary>A window store.</summary>
    public IReadOnlyWindowStore<TKey, TValue> WindowStore<TKey, TValue>(string name)
        where TKey : notnull => new QueriedWindowStore<TKey, TValue>(new StoreQuery<IReadOnlyWindowStore<TKey, TValue>>(name, RunningTasks));

    /// <inheritdoc cref="KeyValueStore{TKey,TValue}"/>
    /// <summary>A session store.</summary>
    public IReadOnlySessionStore<TKey, TValue> SessionStore<TKey, TValue>(string name)
        where TKey : notnull => new QueriedSessionStore<TKey, TValue>(new StoreQuery<IReadOnlySessionStore<TKey, TValue>>(name, RunningTasks));

    private IReadOnlyList<StreamTask> RunningTasks() => [.. Threads().SelectMany(thread => thread.Tasks)];
}
