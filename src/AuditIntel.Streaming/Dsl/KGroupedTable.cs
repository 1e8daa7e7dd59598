using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>A table whose rows are aggregated by new keys, through a repartition topic.</summary>
public sealed class KGroupedTable<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, Change<TValue>> _output;
    private readonly Grouped<TKey, TValue> _grouped;
    private TypedSourceDefinition<TKey, Change<TValue>>? _repartitioned;

    internal KGroupedTable(StreamsBuilder builder, IOutput<TKey, Change<TValue>> output, Grouped<TKey, TValue> grouped)
    {
        _builder = builder;
        _output = output;
        _grouped = grouped;
    }

    /// <summary>How many rows each group has.</summary>
    public KTable<TKey, long> Count(Materialized<TKey, long>? materialized = null, string? name = null) => Aggregate(
        new TableAggregation<TKey, TValue, long>(() => 0, (_, _, count) => count + 1, (_, _, count) => count - 1),
        new ResultStore<TKey, long>(materialized, Serdes.Int64, name, "KTABLE-AGGREGATE-"));

    /// <summary>Combines the values of each group: a row's first argument is the result so far.</summary>
    /// <param name="add">Adds a value.</param>
    /// <param name="subtract">Takes a value out again.</param>
    /// <param name="materialized">How results are kept.</param>
    /// <param name="name">Name of the node.</param>
    public KTable<TKey, TValue> Reduce(
        Func<TValue, TValue, TValue> add, Func<TValue, TValue, TValue> subtract, Materialized<TKey, TValue>? materialized = null, string? name = null) => Aggregate(
            new TableAggregation<TKey, TValue, TValue>(null, (_, value, result) => add(result, value), (_, value, result) => subtract(result, value))
            {
                First = value => value,
            },
            new ResultStore<TKey, TValue>(materialized, _grouped.Value, name, "KTABLE-REDUCE-"));

    /// <summary>Aggregates the rows of each group.</summary>
    /// <param name="initialize">Makes the result of no rows.</param>
    /// <param name="add">Gives the result with one more row.</param>
    /// <param name="subtract">Gives the result with one row less.</param>
    /// <param name="materialized">How results are kept.</param>
    /// <param name="name">Name of the node.</param>
    public KTable<TKey, TResult> Aggregate<TResult>(
        Func<TResult> initialize,
        Func<TKey, TValue, TResult, TResult> add,
        Func<TKey, TValue, TResult, TResult> subtract,
        Materialized<TKey, TResult>? materialized = null,
        string? name = null) => Aggregate(
            new TableAggregation<TKey, TValue, TResult>(initialize, add, subtract),
            new ResultStore<TKey, TResult>(materialized, null, name, "KTABLE-AGGREGATE-"));

    private KTable<TKey, TResult> Aggregate<TResult>(TableAggregation<TKey, TValue, TResult> aggregation, ResultStore<TKey, TResult> wanted)
    {
        string store = wanted.Materialized?.StoreName ?? _builder.Name(null, $"{wanted.Prefix}STATE-STORE-");
        string own = _builder.Name(wanted.Name, wanted.Prefix);
        ISerde<TKey> key = Serdes.Require(wanted.Materialized?.Key ?? _grouped.Key, "keys", own);
        ISerde<TResult> result = Serdes.Require(wanted.Materialized?.Value ?? wanted.UsualSerde, "results", own);
        TypedSourceDefinition<TKey, Change<TValue>> source = Repartition(store);
        _builder.AddStore(new KeyValueStoreDefinition<TKey, TResult>(store, key, result)
        {
            IsLogged = wanted.Materialized?.IsLoggingEnabled ?? true,
            IsCached = wanted.Materialized?.IsCachingEnabled ?? true,
        });
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKey, Change<TResult>>(own, [store], (chain, next) =>
            new TableAggregateNode<TKey, TValue, TResult>(aggregation, chain.Context.Table<TKey, TResult>(store), next));
        _builder.Connect(source, definition);
        return new KTable<TKey, TResult>(
            _builder,
            definition,
            TableView<TKey, TResult>.OfStore(store),
            store,
            new StreamShape<TKey, TResult>(key, result, NeedsRepartition: false, [source]),
            new OldValues([]));
    }

    private TypedSourceDefinition<TKey, Change<TValue>> Repartition(string store)
    {
        if (_repartitioned is not null && _grouped.Name is not null)
        {
            return _repartitioned;
        }

        string prefix = _grouped.Name ?? store;
        ISerde<TKey> key = Serdes.Require(_grouped.Key, "keys", prefix);
        ISerde<TValue> value = Serdes.Require(_grouped.Value, "values", prefix);
        _repartitioned = _builder.Repartition(_output, new RepartitionRequest<TKey, Change<TValue>>
        {
            Prefix = prefix,
            KeySerde = () => key,
            ValueSerde = () => new ChangeSerde<TValue>(value),
        });
        return _repartitioned;
    }
}
