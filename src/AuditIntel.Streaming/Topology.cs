using System.Globalization;
using System.Text;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>What a <see cref="StreamsBuilder"/> has built: immutable, run by any number of instances.</summary>
public sealed class Topology
{
    private Topology(IReadOnlyList<SubTopology> parts) => Parts = parts;

    internal IReadOnlyList<SubTopology> Parts { get; }

    /// <summary>Topics that the topology reads.</summary>
    public IReadOnlyList<string> SourceTopics => [.. Parts.SelectMany(part => part.Sources).Select(source => source.Topic)];

    /// <summary>The topology as text, in the form of Kafka Streams' Topology#describe.</summary>
    public string Describe()
    {
        var text = new StringBuilder("Topologies:\n");
        foreach (SubTopology part in Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"   Sub-topology: {part.Number}\n");
            foreach (NodeDefinition node in part.Nodes)
            {
                text.Append(node switch
                {
                    SourceDefinition source => $"    Source: {node.Name} (topics: [{source.Topic}])\n",
                    ISinkDefinition sink => $"    Sink: {node.Name} (topic: {sink.Topic})\n",
                    _ => $"    Processor: {node.Name} (stores: [{string.Join(", ", node.Stores)}])\n",
                });
                if (node is not ISinkDefinition)
                {
                    text.Append(CultureInfo.InvariantCulture, $"      --> {Names(node.Successors)}\n");
                }

                if (node is not SourceDefinition)
                {
                    text.Append(CultureInfo.InvariantCulture, $"      <-- {Names(node.Predecessors)}\n");
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Sorts nodes into parts: nodes are in one part when a stream connects them or they share a store.</summary>
    internal static Topology Of(IReadOnlyList<NodeDefinition> nodes, IReadOnlyDictionary<string, StoreDefinition> stores)
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
                parts.Add(new SubTopology(
                    parts.Count,
                    [.. members.OfType<SourceDefinition>()],
                    members,
                    [.. members.SelectMany(member => member.Stores).Distinct().Select(name => stores[name])]));
            }
        }

        return new Topology(parts);
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

    private static string Names(List<NodeDefinition> nodes) => nodes.Count == 0 ? "none" : string.Join(", ", nodes.Select(node => node.Name));
}
