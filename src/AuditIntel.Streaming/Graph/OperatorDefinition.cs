using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>An operator: takes records of one type, gives records of another.</summary>
internal sealed class OperatorDefinition<TKey, TValue, TKeyOut, TValueOut>(
    string name,
    IReadOnlyList<string> stores,
    Func<TaskChain, INode<TKeyOut, TValueOut>, INode<TKey, TValue>> create) : InputDefinition<TKey, TValue>(name), IOutput<TKeyOut, TValueOut>
{
    public NodeDefinition Node => this;

    public List<InputDefinition<TKeyOut, TValueOut>> Targets { get; } = [];

    public override IReadOnlyList<string> Stores => stores;

    public override INode<TKey, TValue> Instantiate(TaskChain chain) => create(chain, chain.Next(Targets));
}
