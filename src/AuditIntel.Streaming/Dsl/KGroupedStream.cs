using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>A stream whose records are aggregated by key. Records without key or value are dropped.</summary>
public sealed class KGroupedStream<TKey, TValue>
    where TKey : notnull
{
    private readonly IOutput<TKey, TValue> _output;
    private readonly string? _name;
    private (IOutput<TKey, TValue> Output, StreamShape<TKey, TValue> Shape)? _repartitioned;

    internal KGroupedStream(StreamsBuilder builder, IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape, string? name)
    {
        Builder = builder;
        _output = output;
        Shape = shape;
        _name = name;
    }

    internal StreamsBuilder Builder { get; }

    internal StreamShape<TKey, TValue> Shape { get; }

    /// <summary>How many values each key has.</summary>
    public KTable<TKey, long> Count(Materialized<TKey, long>? materialized = null, string? name = null) =>
        Aggregate(new Counting<TKey, TValue>(), materialized, Serdes.Int64, name, "KSTREAM-AGGREGATE-");

    /// <summary>Combines the values of each key: the first one as it is, each other with the result so far (first argument).</summary>
    public KTable<TKey, TValue> Reduce(Func<TValue, TValue, TValue> reduce, Materialized<TKey, TValue>? materialized = null, string? name = null) =>
        Aggregate(new Reducing<TKey, TValue>(reduce), materialized, Shape.Value, name, "KSTREAM-REDUCE-");

    /// <summary>Adds the values of each key to a result. A result of null deletes the key.</summary>
    /// <param name="initialize">Makes the result of no values.</param>
    /// <param name="add">Gives the result with one more value; what it is given must not be changed in place.</param>
    /// <param name="materialized">How results are kept.</param>
    /// <param name="name">Name of the node.</param>
    public KTable<TKey, TResult> Aggregate<TResult>(
        Func<TResult> initialize, Func<TKey, TValue, TResult, TResult> add, Materialized<TKey, TResult>? materialized = null, string? name = null) =>
        Aggregate(new Aggregating<TKey, TValue, TResult>(initialize, add), materialized, null, name, "KSTREAM-AGGREGATE-");

    /// <summary>Aggregates by key and tumbling or hopping window.</summary>
    public TimeWindowedKStream<TKey, TValue> WindowedBy(TimeWindows windows) => new(this, windows, EmitStrategy.OnWindowUpdate);

    /// <summary>Aggregates by key and sliding window.</summary>
    public SlidingWindowedKStream<TKey, TValue> WindowedBy(SlidingWindows windows) => new(this, windows, EmitStrategy.OnWindowUpdate);

    /// <summary>Aggregates by key and session.</summary>
    public SessionWindowedKStream<TKey, TValue> WindowedBy(SessionWindows windows) => new(this, windows, EmitStrategy.OnWindowUpdate);

    /// <summary>Begins an aggregation of several streams into one result.</summary>
    public CogroupedKStream<TKey, TResult> Cogroup<TResult>(Func<TKey, TValue, TResult, TResult> add) => new CogroupedKStream<TKey, TResult>(Builder).Cogroup(this, add);

    /// <summary>The records on their way to an aggregation, through a repartition topic where keys may have changed.</summary>
    internal (IOutput<TKey, TValue> Output, StreamShape<TKey, TValue> Shape) ForAggregation(string store)
    {
        if (!Shape.NeedsRepartition)
        {
            return (_output, Shape);
        }

        // A topic that the user has named is one; without a name each aggregation has its own, named after its store.
        if (_repartitioned is { } shared && _name is not null)
        {
            return shared;
        }

        string prefix = _name ?? store;
        ISerde<TKey> key = Serdes.Require(Shape.Key, "keys", prefix);
        ISerde<TValue> value = Serdes.Require(Shape.Value, "values", prefix);
        TypedSourceDefinition<TKey, TValue> source = Builder.Repartition(_output, new RepartitionRequest<TKey, TValue>
        {
            Prefix = prefix,
            KeySerde = () => key,
            ValueSerde = () => value,
            DropsNullKeys = true,
        });
        _repartitioned = (source, new StreamShape<TKey, TValue>(key, value, NeedsRepartition: false, [source]));
        return _repartitioned.Value;
    }

    private KTable<TKey, TResult> Aggregate<TResult>(
        StreamAggregation<TKey, TValue, TResult> aggregation, Materialized<TKey, TResult>? materialized, ISerde<TResult>? usual, string? name, string prefix)
    {
        string store = materialized?.StoreName ?? Builder.Name(null, $"{prefix}STATE-STORE-");
        string own = Builder.Name(name, prefix);
        ISerde<TKey> key = Serdes.Require(materialized?.Key ?? Shape.Key, "keys", own);
        ISerde<TResult> result = Serdes.Require(materialized?.Value ?? usual, "results", own);
        (IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape) = ForAggregation(store);
        Builder.AddStore(new KeyValueStoreDefinition<TKey, TResult>(store, key, result)
        {
            IsLogged = materialized?.IsLoggingEnabled ?? true,
            IsCached = materialized?.IsCachingEnabled ?? true,
        });
        var definition = new OperatorDefinition<TKey, TValue, TKey, Change<TResult>>(own, [store], (chain, next) =>
            new AggregateNode<TKey, TValue, TResult>(aggregation, chain.Context.Table<TKey, TResult>(store), chain.Context, next));
        Builder.Connect(output, definition);
        return new KTable<TKey, TResult>(
            Builder, definition, TableView<TKey, TResult>.OfStore(store), store, new StreamShape<TKey, TResult>(key, result, false, shape.Sources), new OldValues([]));
    }
}
