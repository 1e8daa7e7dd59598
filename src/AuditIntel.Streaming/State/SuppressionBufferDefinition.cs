using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>The buffer of a suppression.</summary>
internal sealed class SuppressionBufferDefinition<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde) : StoreDefinition(name)
    where TKey : notnull
{
    internal override IStateStore Create(TaskContext context) =>
        new SuppressionBuffer<TKey, TValue>(Name, context.ChangelogTopic(this), keySerde, valueSerde, context);
}
