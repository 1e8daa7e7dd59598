using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>A node that takes records of one type.</summary>
internal abstract class InputDefinition<TKey, TValue>(string name) : NodeDefinition(name)
{
    /// <summary>Makes the task's own instance.</summary>
    public abstract INode<TKey, TValue> Instantiate(TaskChain chain);
}
