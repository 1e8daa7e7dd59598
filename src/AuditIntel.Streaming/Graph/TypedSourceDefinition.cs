using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>Source topics with their types.</summary>
internal sealed class TypedSourceDefinition<TKey, TValue>(
    string name, IReadOnlyList<string> topics, bool isInternal, Func<ISerde<TKey>> keySerde, Func<ISerde<TValue>> valueSerde)
    : SourceDefinition(name, topics, isInternal), IOutput<TKey, TValue>
{
    public NodeDefinition Node => this;

    public List<InputDefinition<TKey, TValue>> Targets { get; } = [];

    public override ISourceNode Instantiate(TaskChain chain) => new SourceNode<TKey, TValue>(keySerde(), valueSerde(), chain.Next(Targets));
}
