using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>Sends each record to the first branch whose condition it meets.</summary>
internal sealed class SplitDefinition<TKey, TValue>(string name) : InputDefinition<TKey, TValue>(name)
{
    public List<(Func<TKey?, TValue?, bool> Condition, InputDefinition<TKey, TValue> Branch)> Branches { get; } = [];

    public override INode<TKey, TValue> Instantiate(TaskChain chain) =>
        new SplitNode<TKey, TValue>([.. Branches.Select(branch => (branch.Condition, chain.Instance(branch.Branch)))]);
}
