using System.Globalization;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Declares a topology. What is built does not change any more when the builder goes on.</summary>
public sealed partial class StreamsBuilder
{
    /// <summary>A stream of the topic's records.</summary>
    public KStream<TKey, TValue> Stream<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed)
        where TKey : notnull => Stream([topic], consumed);

    /// <summary>A stream of the records of several topics, each in its own order.</summary>
    public KStream<TKey, TValue> Stream<TKey, TValue>(IReadOnlyList<string> topics, Consumed<TKey, TValue> consumed)
        where TKey : notnull
    {
        TypedSourceDefinition<TKey, TValue> source = Source(Name(consumed.Name, "KSTREAM-SOURCE-"), topics, consumed);
        return new KStream<TKey, TValue>(this, source, new StreamShape<TKey, TValue>(consumed.Key, consumed.Value, NeedsRepartition: false, [source]));
    }

    /// <summary>
    /// The newest value of each key of the topic. The topic itself is the table's changelog: a restart reads it from the beginning up to
    /// the committed offset, so it should be compacted.
    /// </summary>
    public KTable<TKey, TValue> Table<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed, string storeName)
        where TKey : notnull => Table(topic, consumed, new Materialized<TKey, TValue> { StoreName = storeName });

    /// <inheritdoc cref="Table{TKey,TValue}(string,Consumed{TKey,TValue},string)"/>
    public KTable<TKey, TValue> Table<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed, Materialized<TKey, TValue>? materialized = null)
        where TKey : notnull
    {
        string store = materialized?.StoreName ?? Name(null, $"{topic}-STATE-STORE-");
        TypedSourceDefinition<TKey, TValue> source = Source(Name(consumed.Name is { } name ? $"{name}-source" : null, "KSTREAM-SOURCE-"), [topic], consumed);
        AddStore(new KeyValueStoreDefinition<TKey, TValue>(store, consumed.Key, consumed.Value)
        {
            SourceTopic = topic,
            IsCached = materialized?.IsCachingEnabled ?? true,
        });
        return AddTable(source, store, new StreamShape<TKey, TValue>(consumed.Key, consumed.Value, NeedsRepartition: false, [source]), Name(consumed.Name, "KTABLE-SOURCE-"));
    }

    /// <summary>A table that every instance has whole: all partitions of the topic. It is filled before anything is processed.</summary>
    public GlobalKTable<TKey, TValue> GlobalTable<TKey, TValue>(string topic, Consumed<TKey, TValue> consumed, string? storeName = null)
        where TKey : notnull
    {
        string store = storeName ?? Name(null, $"{topic}-STATE-STORE-");
        AddGlobalStore(store, topic, consumed, Name(consumed.Name, "KTABLE-SOURCE-"));
        return new GlobalKTable<TKey, TValue>(store);
    }

    /// <summary>Adds a store that processors may be connected with.</summary>
    /// <exception cref="StreamsException">There is a store of that name.</exception>
    public StreamsBuilder AddStateStore(StoreDefinition store)
    {
        AddStore(store);
        return this;
    }

    /// <summary>Adds a store that every instance fills from all partitions of a topic, and that all processors may read.</summary>
    /// <exception cref="StreamsException">There is a store of that name, or the topic is read already.</exception>
    public StreamsBuilder AddGlobalStore<TKey, TValue>(string storeName, string topic, Consumed<TKey, TValue> consumed)
        where TKey : notnull
    {
        AddGlobalStore(storeName, topic, consumed, Name(consumed.Name, "KSTREAM-SOURCE-"));
        return this;
    }

    /// <exception cref="StreamsException">The topology has no source, or a store that nobody uses.</exception>
    public Topology Build()
    {
        if (_nodes.Count == 0 && _globalStores.Count == 0)
        {
            throw new StreamsException("The topology has no source: begin with Stream(...) or Table(...).");
        }

        string? unused = _stores.Keys.FirstOrDefault(store => !_nodes.Any(node => node.Stores.Contains(store)));
        return unused is null
            ? Topology.Of([.. _nodes], new Dictionary<string, StoreDefinition>(_stores), [.. _coPartitioned], [.. _repartitionTopics], [.. _globalStores])
            : throw new StreamsException($"Store '{unused}' is connected with no processor.");
    }

    internal string Name(string? wanted, string prefix) =>
        wanted ?? string.Create(CultureInfo.InvariantCulture, $"{prefix}{_number++:0000000000}");

    /// <summary>Makes a table of a stream of records: the newest value of each key.</summary>
    internal KTable<TKey, TValue> AddTable<TKey, TValue>(
        IOutput<TKey, TValue> from, string store, StreamShape<TKey, TValue> shape, string name)
        where TKey : notnull
    {
        var table = new OperatorDefinition<TKey, TValue, TKey, Change<TValue>>(
            name, [store], (chain, next) => new TableSourceNode<TKey, TValue>(chain.Context.Table<TKey, TValue>(store), chain.Context, next));
        Connect(from, table);
        return new KTable<TKey, TValue>(this, table, TableView<TKey, TValue>.OfStore(store), store, shape, new OldValues([]));
    }
}
