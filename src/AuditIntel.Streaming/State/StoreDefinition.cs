using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A store as it was declared: a name, its types, and whether its changes are logged to a topic.</summary>
public abstract class StoreDefinition
{
    private protected StoreDefinition(string name) => Name = name;

    public string Name { get; }

    /// <summary>The topic that the store is rebuilt from when it is not a changelog of its own: the source topic of a table.</summary>
    internal string? SourceTopic { get; init; }

    internal abstract IStateStore Create(TaskContext context);
}
