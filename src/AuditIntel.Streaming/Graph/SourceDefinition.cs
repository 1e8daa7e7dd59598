using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>Source topics of one stream.</summary>
internal abstract class SourceDefinition(string name, IReadOnlyList<string> topics, bool isInternal) : NodeDefinition(name)
{
    /// <summary>Names; of an internal topic without the application id.</summary>
    public IReadOnlyList<string> Topics { get; } = topics;

    /// <summary>Whether the topic is a repartition topic of the topology.</summary>
    public bool IsInternal { get; } = isInternal;

    /// <summary>Names as the broker knows them.</summary>
    public IReadOnlyList<string> TopicsFor(string applicationId) =>
        IsInternal ? [.. Topics.Select(topic => RepartitionTopic.FullName(applicationId, topic))] : Topics;

    public abstract ISourceNode Instantiate(TaskChain chain);
}
