using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>The subscriptions of a join by foreign keys.</summary>
internal sealed class SubscriptionStoreDefinition<TForeignKey, TKey>(string name, ISerde<TForeignKey> foreignKeySerde, ISerde<TKey> keySerde)
    : StoreDefinition(name)
    where TForeignKey : notnull
    where TKey : notnull
{
    internal override IStateStore Create(TaskContext context) =>
        new SubscriptionStore<TForeignKey, TKey>(Name, context.ChangelogTopic(this), foreignKeySerde, keySerde, context);
}
