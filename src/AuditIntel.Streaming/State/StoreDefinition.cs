using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A store as it was declared: a name, its types, and whether its changes are logged to a topic.</summary>
public abstract class StoreDefinition
{
    private static readonly Dictionary<string, string> Compacted = new() { ["cleanup.policy"] = "compact" };

    private protected StoreDefinition(string name) => Name = name;

    public string Name { get; }

    /// <summary>The topic that the store is rebuilt from when it is not a changelog of its own: the source topic of a table.</summary>
    internal string? SourceTopic { get; init; }

    /// <summary>Whether changes go to a changelog topic of the store's own.</summary>
    internal bool IsLogged { get; init; } = true;

    /// <summary>Whether the store has a changelog topic of its own.</summary>
    internal bool HasChangelog => IsLogged && SourceTopic is null;

    /// <summary>Settings of the changelog topic.</summary>
    internal virtual IReadOnlyDictionary<string, string> ChangelogConfig => Compacted;

    internal abstract IStateStore Create(TaskContext context);
}
