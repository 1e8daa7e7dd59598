using System.Globalization;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Declares a topology. What is built does not change any more when the builder goes on.</summary>
public sealed class StreamsBuilder
{
    private readonly List<NodeDefinition> _nodes = [];
    private readonly Dictionary<string, StoreDefinition> _stores = [];
    private int _number;

    /// <summary>A stream of the topic's records.</summary>
    public KStream<TKey, TValue> Stream<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed)
        where TKey : notnull =>
        new(this, Source(topic, consumed, "KSTREAM-SOURCE-"));

    /// <summary>
    /// The newest value of each key of the topic. The topic itself is the table's changelog: a restart reads it from the beginning up to
    /// the committed offset, so it should be compacted.
    /// </summary>
    public KTable<TKey, TValue> Table<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed, string storeName)
        where TKey : notnull
    {
        TypedSourceDefinition<TKey, TValue> source = Source(topic, consumed, "KTABLE-SOURCE-TOPIC-");
        AddStore(new KeyValueStoreDefinition<TKey, TValue>(storeName, consumed.Key, consumed.Value) { SourceTopic = topic, IsCached = true });
        var table = new OperatorDefinition<TKey, TValue, TKey, Change<TValue>>(
            Name(null, "KTABLE-SOURCE-"),
            [storeName],
            (chain, next) => new TableSourceNode<TKey, TValue>(chain.Context.Table<TKey, TValue>(storeName), chain.Context, next));
        Connect(source, table);
        return new KTable<TKey, TValue>(this, table, storeName);
    }

    /// <summary>Adds a store that processors may be connected with.</summary>
    /// <exception cref="StreamsException">There is a store of that name.</exception>
    public StreamsBuilder AddStateStore(StoreDefinition store)
    {
        AddStore(store);
        return this;
    }

    /// <exception cref="StreamsException">The topology has no source, or a store that nobody uses.</exception>
    public Topology Build()
    {
        if (_nodes.Count == 0)
        {
            throw new StreamsException("The topology has no source: begin with Stream(...) or Table(...).");
        }

        string? unused = _stores.Keys.FirstOrDefault(store => !_nodes.Any(node => node.Stores.Contains(store)));
        return unused is null
            ? Topology.Of([.. _nodes], new Dictionary<string, StoreDefinition>(_stores))
            : throw new StreamsException($"Store '{unused}' is connected with no processor.");
    }

    internal string Name(string? wanted, string prefix) =>
        wanted ?? string.Create(CultureInfo.InvariantCulture, $"{prefix}{_number++:0000000000}");

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

    private TypedSourceDefinition<TKey, TValue> Source<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed, string prefix)
    {
        if (_nodes.OfType<SourceDefinition>().Any(source => source.Topic == topic))
        {
            throw new StreamsException($"Topic '{topic}' is read twice: use the stream that you have.");
        }

        var source = new TypedSourceDefinition<TKey, TValue>(Name(consumed.Name, prefix), topic, consumed);
        Add(source);
        return source;
    }

    private void AddStore(StoreDefinition store)
    {
        if (!_stores.TryAdd(store.Name, store))
        {
            throw new StreamsException($"There are two stores named '{store.Name}'.");
        }
    }
}
