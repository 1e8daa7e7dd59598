using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming;

/// <summary>A stream of records. Each operator gives a new stream; names are optional, and stable where they are given.</summary>
public sealed class KStream<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, TValue> _output;

    internal KStream(StreamsBuilder builder, IOutput<TKey, TValue> output)
    {
        _builder = builder;
        _output = output;
    }

    public KStream<TKey, TValue> Filter(Func<TKey?, TValue?, bool> condition, string? name = null) =>
        Append<TKey, TValue>(name, "KSTREAM-FILTER-", [], (_, next) => new FilterNode<TKey, TValue>(condition, next));

    public KStream<TKey, TValue> FilterNot(Func<TKey?, TValue?, bool> condition, string? name = null) =>
        Append<TKey, TValue>(name, "KSTREAM-FILTER-", [], (_, next) => new FilterNode<TKey, TValue>((key, value) => !condition(key, value), next));

    public KStream<TKeyOut, TValueOut> Map<TKeyOut, TValueOut>(Func<TKey?, TValue?, (TKeyOut Key, TValueOut Value)> map, string? name = null)
        where TKeyOut : notnull =>
        Append<TKeyOut, TValueOut>(name, "KSTREAM-MAP-", [], (_, next) => new MapNode<TKey, TValue, TKeyOut, TValueOut>(map, next));

    public KStream<TKey, TValueOut> MapValues<TValueOut>(Func<TKey?, TValue?, TValueOut> map, string? name = null) =>
        Append<TKey, TValueOut>(name, "KSTREAM-MAPVALUES-", [], (_, next) => new MapValuesNode<TKey, TValue, TValueOut>(map, next));

    public KStream<TKey, TValueOut> FlatMapValues<TValueOut>(Func<TKey?, TValue?, IEnumerable<TValueOut>> map, string? name = null) =>
        Append<TKey, TValueOut>(name, "KSTREAM-FLATMAPVALUES-", [], (_, next) => new FlatMapValuesNode<TKey, TValue, TValueOut>(map, next));

    public KStream<TKey, TValue> Peek(Action<TKey?, TValue?> look, string? name = null) =>
        Append<TKey, TValue>(name, "KSTREAM-PEEK-", [], (_, next) => new PeekNode<TKey, TValue>(look, next));

    /// <summary>Records of both streams, each stream's own order kept.</summary>
    public KStream<TKey, TValue> Merge(KStream<TKey, TValue> other, string? name = null)
    {
        OperatorDefinition<TKey, TValue, TKey, TValue> merge = Pass(_builder, _builder.Name(name, "KSTREAM-MERGE-"));
        _builder.Connect(_output, merge);
        _builder.Connect(other._output, merge);
        return new KStream<TKey, TValue>(_builder, merge);
    }

    /// <summary>Joins each record with the table's value of its key; records whose key the table lacks are dropped.</summary>
    public KStream<TKey, TValueOut> Join<TTable, TValueOut>(KTable<TKey, TTable> table, Func<TKey?, TValue, TTable, TValueOut> join, string? name = null) =>
        JoinTable<TTable, TValueOut>(table.StoreName, (key, value, other) => join(key, value, other!), left: false, name, "KSTREAM-JOIN-");

    /// <summary>Joins each record with the table's value of its key, null where the table lacks it.</summary>
    public KStream<TKey, TValueOut> LeftJoin<TTable, TValueOut>(KTable<TKey, TTable> table, Func<TKey?, TValue, TTable?, TValueOut> join, string? name = null) =>
        JoinTable(table.StoreName, join, left: true, name, "KSTREAM-LEFTJOIN-");

    /// <summary>Runs a processor, one instance a task, which may use the named stores.</summary>
    public KStream<TKeyOut, TValueOut> Process<TKeyOut, TValueOut>(
        Func<IProcessor<TKey, TValue, TKeyOut, TValueOut>> supplier, string? name = null, params string[] stores)
        where TKeyOut : notnull
    {
        string own = _builder.Name(name, "KSTREAM-PROCESSOR-");
        return Append<TKeyOut, TValueOut>(own, "", stores, (chain, next) =>
        {
            IProcessor<TKey, TValue, TKeyOut, TValueOut> processor = supplier();
            processor.Init(new ProcessorContext<TKeyOut, TValueOut>(chain.Context, own, stores, next));
            return new ProcessorNode<TKey, TValue, TKeyOut, TValueOut>(processor);
        });
    }

    /// <summary>Sends each record down the first branch whose condition it meets.</summary>
    public BranchedStream<TKey, TValue> Split(string? name = null)
    {
        var split = new SplitDefinition<TKey, TValue>(_builder.Name(name, "KSTREAM-BRANCH-"));
        _builder.Connect(_output, split);
        return new BranchedStream<TKey, TValue>(_builder, split);
    }

    /// <summary>Writes the stream to a topic.</summary>
    public void To(string topic, Produced<TKey, TValue> produced) =>
        _builder.Connect(_output, new SinkDefinition<TKey, TValue>(_builder.Name(produced.Name, "KSTREAM-SINK-"), topic, produced));

    internal static OperatorDefinition<TKey, TValue, TKey, TValue> Pass(StreamsBuilder builder, string name)
    {
        var pass = new OperatorDefinition<TKey, TValue, TKey, TValue>(name, [], (_, next) => new PassNode<TKey, TValue>(next));
        builder.Add(pass);
        return pass;
    }

    private KStream<TKey, TValueOut> JoinTable<TTable, TValueOut>(
        string store, Func<TKey?, TValue, TTable?, TValueOut> join, bool left, string? name, string prefix) =>
        Append<TKey, TValueOut>(name, prefix, [store], (chain, next) =>
            new StreamTableJoinNode<TKey, TValue, TTable, TValueOut>(chain.Context.Store<TKey, TTable>(store), join, left, next));

    private KStream<TKeyOut, TValueOut> Append<TKeyOut, TValueOut>(
        string? name, string prefix, IReadOnlyList<string> stores, Func<TaskChain, INode<TKeyOut, TValueOut>, INode<TKey, TValue>> create)
        where TKeyOut : notnull
    {
        var definition = new OperatorDefinition<TKey, TValue, TKeyOut, TValueOut>(_builder.Name(name, prefix), stores, create);
        _builder.Connect(_output, definition);
        return new KStream<TKeyOut, TValueOut>(_builder, definition);
    }
}
