namespace AuditIntel.Streaming.Graph;

/// <summary>A node of the topology as it was declared; the tasks make their own chains from it.</summary>
internal abstract class NodeDefinition(string name)
{
    public string Name { get; } = name;

    public List<NodeDefinition> Successors { get; } = [];

    public List<NodeDefinition> Predecessors { get; } = [];

    /// <summary>Names of the stores that the node uses.</summary>
    public virtual IReadOnlyList<string> Stores => [];
}
