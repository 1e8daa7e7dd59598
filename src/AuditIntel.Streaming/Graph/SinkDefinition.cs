using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Graph;

/// <summary>A sink: one topic, or the topic that each record names.</summary>
/// <param name="name">Name of the node.</param>
/// <param name="topic">The topic, for an internal one without the application id; null where each record names its own.</param>
/// <param name="keySerde">Makes the task's serde of keys: some keep buffers.</param>
/// <param name="valueSerde">The same of values.</param>
internal sealed class SinkDefinition<TKey, TValue>(string name, string? topic, Func<ISerde<TKey>> keySerde, Func<ISerde<TValue>> valueSerde)
    : InputDefinition<TKey, TValue>(name), ISinkDefinition
{
    public string? Topic { get; } = topic;

    public bool IsInternal { get; init; }

    /// <summary>Names the topic of a record.</summary>
    public Func<TKey?, TValue?, string>? Route { get; init; }

    /// <summary>Chooses the partition of a record; null for the key's hash.</summary>
    public Func<TKey?, TValue?, int>? Partition { get; init; }

    public override INode<TKey, TValue> Instantiate(TaskChain chain)
    {
        string? full = IsInternal ? RepartitionTopic.FullName(chain.Context.ApplicationId, Topic!) : Topic;
        return new SinkNode<TKey, TValue>(full, Route, Partition, keySerde(), valueSerde(), chain.Context);
    }
}
