using System.Text.RegularExpressions;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <content>The graph as it grows.</content>
public sealed partial class StreamsBuilder
{
    private readonly List<NodeDefinition> _nodes = [];
    private readonly Dictionary<string, StoreDefinition> _stores = [];
    private readonly List<IReadOnlyList<SourceDefinition>> _coPartitioned = [];
    private readonly List<RepartitionTopic> _repartitionTopics = [];
    private readonly List<GlobalStore> _globalStores = [];
    private int _number;

    internal bool IsGlobal(string store) => _globalStores.Exists(global => global.StoreName == store);

    internal void Connect<TKey, TValue>(IOutput<TKey, TValue> from, InputDefinition<TKey, TValue> to)
    {
        Add(to);
        from.Targets.Add(to);
        Link(from.Node, to);
    }

    internal static void Link(NodeDefinition from, NodeDefinition to)
    {
        from.Successors.Add(to);
        to.Predecessors.Add(from);
    }

    internal void Add(NodeDefinition node)
    {
        if (_nodes.Contains(node))
        {
            return;
        }

        if (_nodes.Any(other => other.Name == node.Name))
        {
            throw new StreamsException($"There are two nodes named '{node.Name}'.");
        }

        string? unknown = node.Stores.FirstOrDefault(store => !_stores.ContainsKey(store));
        if (unknown is not null)
        {
            throw new StreamsException($"Node '{node.Name}' uses the store '{unknown}', which was not added.");
        }

        _nodes.Add(node);
    }

    internal void AddStore(StoreDefinition store)
    {
        if (IsGlobal(store.Name) || !_stores.TryAdd(store.Name, store))
        {
            throw new StreamsException($"There are two stores named '{store.Name}'.");
        }
    }

    /// <summary>Topics of these sources must agree in their number of partitions.</summary>
    internal IReadOnlyList<SourceDefinition> CoPartition(IReadOnlyList<SourceDefinition> one, IReadOnlyList<SourceDefinition> other)
    {
        SourceDefinition[] together = [.. one.Union(other)];
        if (together.Length > 1)
        {
            _coPartitioned.Add(together);
        }

        return together;
    }

    /// <summary>Sends records through a topic, so that all of a key come to one task.</summary>
    internal TypedSourceDefinition<TKey, TValue> Repartition<TKey, TValue>(IOutput<TKey, TValue> from, RepartitionRequest<TKey, TValue> request)
    {
        string topic = RepartitionTopic.NameOf(request.Prefix);
        (string sink, string filter, string source) = (Name(null, "KSTREAM-SINK-"), Name(null, "KSTREAM-FILTER-"), Name(null, "KSTREAM-SOURCE-"));
        if (!Numbered().IsMatch(request.Prefix))
        {
            (sink, filter, source) = ($"{topic}-sink", $"{topic}-filter", $"{topic}-source");
        }

        if (_repartitionTopics.Exists(other => other.Name == topic))
        {
            throw new StreamsException($"There are two repartition topics named '{topic}': give the operations different names.");
        }

        _repartitionTopics.Add(new RepartitionTopic(topic, request.Partitions));
        if (request.DropsNullKeys)
        {
            var dropping = new OperatorDefinition<TKey, TValue, TKey, TValue>(
                filter, [], (chain, next) => new NullKeyFilterNode<TKey, TValue>(chain.Context, next));
            Connect(from, dropping);
            from = dropping;
        }

        Connect(from, new SinkDefinition<TKey, TValue>(sink, topic, request.KeySerde, request.ValueSerde) { IsInternal = true, Partition = request.Partitioner });
        var read = new TypedSourceDefinition<TKey, TValue>(source, [topic], isInternal: true, request.KeySerde, request.ValueSerde);
        Add(read);
        return read;
    }

    private TypedSourceDefinition<TKey, TValue> Source<TKey, TValue>(string name, IReadOnlyList<string> topics, Consumed<TKey, TValue> consumed)
    {
        foreach (string topic in topics)
        {
            RefuseSecondReader(topic);
        }

        var source = new TypedSourceDefinition<TKey, TValue>(name, topics, isInternal: false, () => consumed.Key, () => consumed.Value);
        Add(source);
        return source;
    }

    private void AddGlobalStore<TKey, TValue>(string store, string topic, Consumed<TKey, TValue> consumed, string name)
        where TKey : notnull
    {
        RefuseSecondReader(topic);
        if (_stores.ContainsKey(store) || IsGlobal(store))
        {
            throw new StreamsException($"There are two stores named '{store}'.");
        }

        _globalStores.Add(new GlobalStore(name, topic, store, () => new GlobalKeyValueStore<TKey, TValue>(store, topic, consumed.Key, consumed.Value)));
    }

    private void RefuseSecondReader(string topic)
    {
        if (_nodes.OfType<SourceDefinition>().Any(source => !source.IsInternal && source.Topics.Contains(topic))
            || _globalStores.Exists(global => global.Topic == topic))
        {
            throw new StreamsException($"Topic '{topic}' is read twice: use the stream that you have.");
        }
    }

    [GeneratedRegex("^K(STREAM|TABLE).*-[0-9]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
