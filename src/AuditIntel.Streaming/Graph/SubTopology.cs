using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Graph;

/// <summary>A part of the topology that hangs together by streams or stores: what one task runs.</summary>
internal sealed record SubTopology(int Number, IReadOnlyList<SourceDefinition> Sources, IReadOnlyList<NodeDefinition> Nodes, IReadOnlyList<StoreDefinition> Stores)
{
    /// <summary>Groups of sources whose topics must agree in their number of partitions, because they are joined.</summary>
    public IReadOnlyList<IReadOnlyList<SourceDefinition>> CoPartitioned { get; init; } = [];

    /// <summary>Repartition topics that this part writes, without the application id.</summary>
    public IEnumerable<string> InternalSinks => Nodes.OfType<ISinkDefinition>().Where(sink => sink.IsInternal).Select(sink => sink.Topic!);

    /// <summary>All source topics, as the broker knows them.</summary>
    public IReadOnlyList<string> TopicsFor(string applicationId) => [.. Sources.SelectMany(source => source.TopicsFor(applicationId))];
}
