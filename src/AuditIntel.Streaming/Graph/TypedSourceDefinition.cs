using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>A source topic with its types.</summary>
internal sealed class TypedSourceDefinition<TKey, TValue>(string name, string topic, Consumed<TKey, TValue> consumed)
    : SourceDefinition(name, topic), IOutput<TKey, TValue>
{
    public NodeDefinition Node => this;

    public List<InputDefinition<TKey, TValue>> Targets { get; } = [];

    public override ISourceNode Instantiate(TaskChain chain) =>
        new SourceNode<TKey, TValue>(Topic, consumed.Key, consumed.Value, chain.Next(Targets));
}
