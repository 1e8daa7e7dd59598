using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A key-value store in memory.</summary>
internal sealed class KeyValueStoreDefinition<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde) : StoreDefinition(name)
    where TKey : notnull
{
    /// <summary>Whether changes wait for a commit before they go downstream.</summary>
    public bool IsCached { get; init; }

    /// <summary>Whether the store keeps its keys in order.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The order of keys; null for the natural one.</summary>
    public IComparer<TKey>? Order { get; init; }

    internal override IStateStore Create(TaskContext context) => IsOrdered
        ? new OrderedKeyValueStore<TKey, TValue>(Name, context.ChangelogTopic(this), keySerde, valueSerde, context, Order)
        : new KeyValueStore<TKey, TValue>(Name, context.ChangelogTopic(this), keySerde, valueSerde, context, IsCached && context.Cache.IsEnabled);
}
