using System.Globalization;
using System.Text;

namespace AuditIntel.Streaming.Graph;

/// <summary>Writes topologies for people.</summary>
internal static class TopologyText
{
    public static string Describe(Topology topology)
    {
        var text = new StringBuilder("Topologies:\n");
        foreach (SubTopology part in topology.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"   Sub-topology: {part.Number}\n");
            foreach (NodeDefinition node in part.Nodes)
            {
                text.Append(node switch
                {
                    SourceDefinition source => $"    Source: {node.Name} (topics: [{string.Join(", ", source.Topics)}])\n",
                    ISinkDefinition { Topic: null } => $"    Sink: {node.Name} (extractor class: topic of each record)\n",
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

        foreach ((GlobalStore global, int number) in topology.GlobalStores.Select((global, i) => (global, topology.Parts.Count + i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"   Sub-topology: {number} for global store (will not generate tasks)\n");
            text.Append(CultureInfo.InvariantCulture, $"    Source: {global.Name} (topics: [{global.Topic}])\n      --> {global.StoreName}\n\n");
        }

        return text.ToString();
    }

    public static string Mermaid(Topology topology)
    {
        var text = new StringBuilder("flowchart TD\n");
        var ids = new Dictionary<string, string>();
        string Topic(string name) => Once($"topic:{name}", $"[({name})]");
        string Store(string name) => Once($"store:{name}", $"[[{name}]]");
        string Once(string key, string shape)
        {
            if (!ids.TryGetValue(key, out string? id))
            {
                id = $"x{ids.Count}";
                ids.Add(key, id);
                text.Append(CultureInfo.InvariantCulture, $"  {id}{shape}\n");
            }

            return id;
        }

        foreach (SubTopology part in topology.Parts)
        {
            Dictionary<NodeDefinition, string> nodes = part.Nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => $"n{part.Number}_{pair.i}");
            text.Append(CultureInfo.InvariantCulture, $"  subgraph part{part.Number}[Sub-topology {part.Number}]\n");
            foreach (NodeDefinition node in part.Nodes)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {nodes[node]}[\"{node.Name}\"]\n");
                foreach (NodeDefinition next in node.Successors)
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {nodes[node]} --> {nodes[next]}\n");
                }
            }

            text.Append("  end\n");
            foreach (NodeDefinition node in part.Nodes)
            {
                foreach (string topic in (node as SourceDefinition)?.Topics ?? [])
                {
                    string from = Topic(topic);
                    text.Append(CultureInfo.InvariantCulture, $"  {from} --> {nodes[node]}\n");
                }

                if (node is ISinkDefinition sink)
                {
                    string to = Topic(sink.Topic ?? "topic of each record");
                    text.Append(CultureInfo.InvariantCulture, $"  {nodes[node]} --> {to}\n");
                }

                foreach (string store in node.Stores)
                {
                    string used = Store(store);
                    text.Append(CultureInfo.InvariantCulture, $"  {nodes[node]} -.- {used}\n");
                }
            }
        }

        foreach (GlobalStore global in topology.GlobalStores)
        {
            string from = Topic(global.Topic);
            string to = Store(global.StoreName);
            text.Append(CultureInfo.InvariantCulture, $"  {from} --> {to}\n");
        }

        return text.ToString();
    }

    private static string Names(List<NodeDefinition> nodes) => nodes.Count == 0 ? "none" : string.Join(", ", nodes.Select(node => node.Name));
}
