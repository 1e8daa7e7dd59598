using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>A source topic.</summary>
internal abstract class SourceDefinition(string name, string topic) : NodeDefinition(name)
{
    public string Topic { get; } = topic;

    public abstract ISourceNode Instantiate(TaskChain chain);
}
