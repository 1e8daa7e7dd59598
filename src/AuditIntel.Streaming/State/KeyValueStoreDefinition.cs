using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A key-value store in memory.</summary>
internal sealed class KeyValueStoreDefinition<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde) : StoreDefinition(name)
    where TKey : notnull
{
    internal override IStateStore Create(TaskContext context) =>
        new InMemoryKeyValueStore<TKey, TValue>(Name, context.ChangelogTopic(this), keySerde, valueSerde, SourceTopic is null ? context : null);
}
