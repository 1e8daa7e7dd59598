using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming;

/// <summary>A stream of records. Each operator gives a new stream; names are optional, and stable where they are given.</summary>
public sealed partial class KStream<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, TValue> _output;
    private readonly StreamShape<TKey, TValue> _shape;
    private readonly Dictionary<string, KStream<TKey, TValue>> _repartitioned = [];

    internal KStream(StreamsBuilder builder, IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape)
    {
        _builder = builder;
        _output = output;
        _shape = shape;
    }

    public KStream<TKey, TValue> Filter(Func<TKey?, TValue?, bool> condition, string? name = null) =>
        Append(name, "KSTREAM-FILTER-", [], _shape, (_, next) => new FilterNode<TKey, TValue>(condition, next));

    public KStream<TKey, TValue> FilterNot(Func<TKey?, TValue?, bool> condition, string? name = null) =>
        Append(name, "KSTREAM-FILTER-", [], _shape, (_, next) => new FilterNode<TKey, TValue>((key, value) => !condition(key, value), next));

    /// <summary>Changes keys and values. A grouping or join behind it repartitions.</summary>
    public KStream<TKeyOut, TValueOut> Map<TKeyOut, TValueOut>(Func<TKey?, TValue?, (TKeyOut Key, TValueOut Value)> map, string? name = null)
        where TKeyOut : notnull => Append(
            name, "KSTREAM-MAP-", [], _shape.Rekeyed<TKeyOut, TValueOut>(null, null), (_, next) => new MapNode<TKey, TValue, TKeyOut, TValueOut>(map, next));

    /// <summary>Changes values; keys, and so partitions, stay.</summary>
    public KStream<TKey, TValueOut> MapValues<TValueOut>(Func<TKey?, TValue?, TValueOut> map, string? name = null) => Append(
        name, "KSTREAM-MAPVALUES-", [], _shape.WithValue<TValueOut>(null), (_, next) => new MapValuesNode<TKey, TValue, TValueOut>(map, next));

    /// <summary>Makes any number of records of each. A grouping or join behind it repartitions.</summary>
    public KStream<TKeyOut, TValueOut> FlatMap<TKeyOut, TValueOut>(
        Func<TKey?, TValue?, IEnumerable<(TKeyOut Key, TValueOut Value)>> map, string? name = null)
        where TKeyOut : notnull => Append(
            name, "KSTREAM-FLATMAP-", [], _shape.Rekeyed<TKeyOut, TValueOut>(null, null), (_, next) => new FlatMapNode<TKey, TValue, TKeyOut, TValueOut>(map, next));

    public KStream<TKey, TValueOut> FlatMapValues<TValueOut>(Func<TKey?, TValue?, IEnumerable<TValueOut>> map, string? name = null) => Append(
        name, "KSTREAM-FLATMAPVALUES-", [], _shape.WithValue<TValueOut>(null), (_, next) => new FlatMapValuesNode<TKey, TValue, TValueOut>(map, next));

    /// <summary>Gives each record a new key. A grouping or join behind it repartitions.</summary>
    public KStream<TKeyOut, TValue> SelectKey<TKeyOut>(Func<TKey?, TValue?, TKeyOut> select, string? name = null)
        where TKeyOut : notnull => Append(
            name, "KSTREAM-KEY-SELECT-", [], _shape.Rekeyed<TKeyOut, TValue>(null, _shape.Value), (_, next) => new SelectKeyNode<TKey, TValue, TKeyOut>(select, next));

    public KStream<TKey, TValue> Peek(Action<TKey?, TValue?> look, string? name = null) =>
        Append(name, "KSTREAM-PEEK-", [], _shape, (_, next) => new PeekNode<TKey, TValue>(look, next));

    /// <summary>Ends the stream with an action.</summary>
    public void ForEach(Action<TKey?, TValue?> act, string? name = null) =>
        Append(name, "KSTREAM-FOREACH-", [], _shape, (_, next) => new PeekNode<TKey, TValue>(act, next));

    /// <summary>Records of both streams, each stream's own order kept.</summary>
    public KStream<TKey, TValue> Merge(KStream<TKey, TValue> other, string? name = null)
    {
        OperatorDefinition<TKey, TValue, TKey, TValue> merge = Pass(_builder, _builder.Name(name, "KSTREAM-MERGE-"));
        _builder.Connect(_output, merge);
        _builder.Connect(other._output, merge);
        var shape = new StreamShape<TKey, TValue>(
            _shape.Key ?? other._shape.Key,
            _shape.Value ?? other._shape.Value,
            _shape.NeedsRepartition || other._shape.NeedsRepartition,
            [.. _shape.Sources.Union(other._shape.Sources)]);
        return new KStream<TKey, TValue>(_builder, merge, shape);
    }

    /// <summary>Runs a processor, one instance a task, which may use the named stores. It may change keys.</summary>
    public KStream<TKeyOut, TValueOut> Process<TKeyOut, TValueOut>(
        Func<IProcessor<TKey, TValue, TKeyOut, TValueOut>> supplier, string? name = null, params string[] stores)
        where TKeyOut : notnull
    {
        string own = _builder.Name(name, "KSTREAM-PROCESSOR-");
        return Append<TKeyOut, TValueOut>(own, "", Local(stores), _shape.Rekeyed<TKeyOut, TValueOut>(null, null), (chain, next) =>
        {
            IProcessor<TKey, TValue, TKeyOut, TValueOut> processor = chain.Context.Owned(supplier());
            processor.Init(new ProcessorContext<TKeyOut, TValueOut>(chain.Context, own, stores, next));
            return new ProcessorNode<TKey, TValue, TKeyOut, TValueOut>(processor);
        });
    }

    /// <summary>Runs a processor that cannot change keys: nothing behind it has to repartition because of it.</summary>
    public KStream<TKey, TValueOut> ProcessValues<TValueOut>(
        Func<IValueProcessor<TKey, TValue, TValueOut>> supplier, string? name = null, params string[] stores)
    {
        string own = _builder.Name(name, "KSTREAM-PROCESSVALUES-");
        return Append<TKey, TValueOut>(own, "", Local(stores), _shape.WithValue<TValueOut>(null), (chain, next) =>
            new ValueProcessorNode<TKey, TValue, TValueOut>(chain.Context.Owned(supplier()), chain.Context, own, stores, next));
    }

    /// <summary>Sends each record down the first branch whose condition it meets.</summary>
    public BranchedStream<TKey, TValue> Split(string? name = null)
    {
        var split = new SplitDefinition<TKey, TValue>(_builder.Name(name, "KSTREAM-BRANCH-"));
        _builder.Connect(_output, split);
        return new BranchedStream<TKey, TValue>(_builder, split, _shape);
    }

    /// <summary>Writes the stream to a topic.</summary>
    public void To(string topic, Produced<TKey, TValue> produced) => _builder.Connect(
        _output,
        new SinkDefinition<TKey, TValue>(_builder.Name(produced.Name, "KSTREAM-SINK-"), topic, () => produced.Key, () => produced.Value)
        {
            Partition = produced.Partitioner,
        });

    /// <summary>Writes each record to the topic that the function names; the topics must exist.</summary>
    public void To(Func<TKey?, TValue?, string> topic, Produced<TKey, TValue> produced) => _builder.Connect(
        _output,
        new SinkDefinition<TKey, TValue>(_builder.Name(produced.Name, "KSTREAM-SINK-"), null, () => produced.Key, () => produced.Value)
        {
            Route = topic,
            Partition = produced.Partitioner,
        });

    internal static OperatorDefinition<TKey, TValue, TKey, TValue> Pass(StreamsBuilder builder, string name)
    {
        var pass = new OperatorDefinition<TKey, TValue, TKey, TValue>(name, [], (_, next) => new PassNode<TKey, TValue>(next));
        builder.Add(pass);
        return pass;
    }

    /// <summary>Stores that belong to tasks; global ones need no connection.</summary>
    private string[] Local(string[] stores) => [.. stores.Where(store => !_builder.IsGlobal(store))];

    private KStream<TKeyOut, TValueOut> Append<TKeyOut, TValueOut>(
        string? name,
        string prefix,
        IReadOnlyList<string> stores,
        StreamShape<TKeyOut, TValueOut> shape,
        Func<TaskChain, INode<TKeyOut, TValueOut>, INode<TKey, TValue>> create)
        where TKeyOut : notnull
    {
        var definition = new OperatorDefinition<TKey, TValue, TKeyOut, TValueOut>(_builder.Name(name, prefix), stores, create);
        _builder.Connect(_output, definition);
        return new KStream<TKeyOut, TValueOut>(_builder, definition, shape);
    }
}
