using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Several grouped streams of one key type that are aggregated into one result a key.</summary>
public sealed class CogroupedKStream<TKey, TResult>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly List<Func<string, Func<TResult>, OperatorDefinition<TKey, Change<TResult>, TKey, Change<TResult>>, IReadOnlyList<SourceDefinition>>> _inputs = [];
    private ISerde<TKey>? _key;

    internal CogroupedKStream(StreamsBuilder builder) => _builder = builder;

    /// <summary>Adds a stream.</summary>
    /// <param name="grouped">The stream, grouped by the same keys.</param>
    /// <param name="add">Gives the result with one more of its values.</param>
    public CogroupedKStream<TKey, TResult> Cogroup<TValue>(KGroupedStream<TKey, TValue> grouped, Func<TKey, TValue, TResult, TResult> add)
    {
        _key ??= grouped.Shape.Key;
        _inputs.Add((store, initialize, merge) =>
        {
            string name = _builder.Name(null, "COGROUPKSTREAM-AGGREGATE-");
            (IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape) = grouped.ForAggregation($"{store}-{_inputs.Count}-{name}");
            var aggregation = new Aggregating<TKey, TValue, TResult>(initialize, add);
            var definition = new OperatorDefinition<TKey, TValue, TKey, Change<TResult>>(name, [store], (chain, next) =>
                new AggregateNode<TKey, TValue, TResult>(aggregation, chain.Context.Table<TKey, TResult>(store), chain.Context, next));
            _builder.Connect(output, definition);
            _builder.Connect(definition, merge);
            return shape.Sources;
        });
        return this;
    }

    /// <summary>Aggregates the records of all streams.</summary>
    /// <param name="initialize">Makes the result of no values.</param>
    /// <param name="materialized">How results are kept.</param>
    public KTable<TKey, TResult> Aggregate(Func<TResult> initialize, Materialized<TKey, TResult>? materialized = null)
    {
        string store = materialized?.StoreName ?? _builder.Name(null, "COGROUPKSTREAM-AGGREGATE-STATE-STORE-");
        string merge = _builder.Name(null, "COGROUPKSTREAM-MERGE-");
        ISerde<TKey> key = Serdes.Require(materialized?.Key ?? _key, "keys", merge);
        ISerde<TResult> result = Serdes.Require(materialized?.Value, "results", merge);
        _builder.AddStore(new KeyValueStoreDefinition<TKey, TResult>(store, key, result)
        {
            IsLogged = materialized?.IsLoggingEnabled ?? true,
            IsCached = materialized?.IsCachingEnabled ?? true,
        });
        var merged = new OperatorDefinition<TKey, Change<TResult>, TKey, Change<TResult>>(merge, [], (_, next) => new PassNode<TKey, Change<TResult>>(next));
        IReadOnlyList<SourceDefinition> sources = [];
        foreach (Func<string, Func<TResult>, OperatorDefinition<TKey, Change<TResult>, TKey, Change<TResult>>, IReadOnlyList<SourceDefinition>> input in _inputs)
        {
            sources = _builder.CoPartition(sources, input(store, initialize, merged));
        }

        return new KTable<TKey, TResult>(
            _builder,
            merged,
            TableView<TKey, TResult>.OfStore(store),
            store,
            new StreamShape<TKey, TResult>(key, result, NeedsRepartition: false, sources),
            new OldValues([]));
    }
}
