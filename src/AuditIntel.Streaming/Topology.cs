using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>What a <see cref="StreamsBuilder"/> has built: immutable, run by any number of instances.</summary>
public sealed class Topology
{
    private Topology(IReadOnlyList<SubTopology> parts, IReadOnlyList<RepartitionTopic> repartitionTopics, IReadOnlyList<GlobalStore> globalStores)
    {
        Parts = parts;
        RepartitionTopics = repartitionTopics;
        GlobalStores = globalStores;
    }

    /// <summary>Topics that the topology reads and others write, those of global stores not among them.</summary>
    public IReadOnlyList<string> SourceTopics => [.. Parts.SelectMany(part => part.Sources).Where(source => !source.IsInternal).SelectMany(source => source.Topics)];

    internal IReadOnlyList<SubTopology> Parts { get; }

    /// <summary>Topics that the topology writes and reads itself.</summary>
    internal IReadOnlyList<RepartitionTopic> RepartitionTopics { get; }

    internal IReadOnlyList<GlobalStore> GlobalStores { get; }

    /// <summary>The topology as text, in the form of Kafka Streams' Topology#describe.</summary>
    public string Describe() => TopologyText.Describe(this);

    /// <summary>The topology as a Mermaid flowchart.</summary>
    public string ToMermaid() => TopologyText.Mermaid(this);

    /// <summary>All topics that tasks read, as the broker knows them.</summary>
    internal IReadOnlyList<string> SourceTopicsFor(string applicationId) => [.. Parts.SelectMany(part => part.TopicsFor(applicationId))];

    /// <summary>Sorts nodes into parts: nodes are in one part when a stream connects them or they share a store.</summary>
    internal static Topology Of(
        IReadOnlyList<NodeDefinition> nodes,
        IReadOnlyDictionary<string, StoreDefinition> stores,
        IReadOnlyList<IReadOnlyList<SourceDefinition>> coPartitioned,
        IReadOnlyList<RepartitionTopic> repartitionTopics,
        IReadOnlyList<GlobalStore> globalStores)
    {
        var parts = new List<SubTopology>();
        var placed = new HashSet<NodeDefinition>();
        foreach (NodeDefinition start in nodes)
        {
            if (!placed.Contains(start))
            {
                HashSet<NodeDefinition> together = Connected(start, nodes);
                placed.UnionWith(together);
                NodeDefinition[] members = [.. nodes.Where(together.Contains)];

                // Nodes are declared after those before them, so that the stores stand in topological order.
                parts.Add(new SubTopology(
                    parts.Count,
                    [.. members.OfType<SourceDefinition>()],
                    members,
                    [.. members.SelectMany(member => member.Stores).Distinct().Select(name => stores[name])])
                {
                    CoPartitioned = [.. coPartitioned.Where(group => group.Any(together.Contains))],
                });
            }
        }

        return new Topology(parts, repartitionTopics, globalStores);
    }

    private static HashSet<NodeDefinition> Connected(NodeDefinition start, IReadOnlyList<NodeDefinition> nodes)
    {
        var reached = new HashSet<NodeDefinition> { start };
        var open = new Queue<NodeDefinition>(reached);
        while (open.TryDequeue(out NodeDefinition? node))
        {
            IEnumerable<NodeDefinition> sharing = nodes.Where(other => other.Stores.Intersect(node.Stores).Any());
            foreach (NodeDefinition next in node.Successors.Concat(node.Predecessors).Concat(sharing))
            {
                if (reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }
}
