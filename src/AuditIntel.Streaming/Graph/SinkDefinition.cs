using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>A sink topic.</summary>
internal sealed class SinkDefinition<TKey, TValue>(string name, string topic, Produced<TKey, TValue> produced)
    : InputDefinition<TKey, TValue>(name), ISinkDefinition
{
    public string Topic { get; } = topic;

    public override INode<TKey, TValue> Instantiate(TaskChain chain) =>
        new SinkNode<TKey, TValue>(Topic, produced.Key, produced.Value, chain.Context);
}
