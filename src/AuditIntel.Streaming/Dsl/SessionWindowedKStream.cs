using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>A stream whose records are aggregated by key and session. Records without key or value are dropped.</summary>
public sealed class SessionWindowedKStream<TKey, TValue>
    where TKey : notnull
{
    private readonly KGroupedStream<TKey, TValue> _grouped;
    private readonly SessionWindows _windows;
    private readonly EmitStrategy _emit;

    internal SessionWindowedKStream(KGroupedStream<TKey, TValue> grouped, SessionWindows windows, EmitStrategy emit)
    {
        _grouped = grouped;
        _windows = windows;
        _emit = emit;
    }

    /// <summary>Chooses when results go downstream.</summary>
    public SessionWindowedKStream<TKey, TValue> EmitStrategy(EmitStrategy emit) => new(_grouped, _windows, emit);

    public KTable<Windowed<TKey>, long> Count(Materialized<TKey, long>? materialized = null, string? name = null) => Aggregate(
        new Counting<TKey, TValue>(), (_, one, other) => one + other, new ResultStore<TKey, long>(materialized, Serdes.Int64, name, "KSTREAM-AGGREGATE-"));

    /// <inheritdoc cref="KGroupedStream{TKey,TValue}.Reduce"/>
    public KTable<Windowed<TKey>, TValue> Reduce(Func<TValue, TValue, TValue> reduce, Materialized<TKey, TValue>? materialized = null, string? name = null) => Aggregate(
        new Reducing<TKey, TValue>(reduce),
        (_, one, other) => reduce(one, other),
        new ResultStore<TKey, TValue>(materialized, _grouped.Shape.Value, name, "KSTREAM-REDUCE-"));

    /// <summary>Adds the values of each session to a result.</summary>
    /// <param name="initialize">Makes the result of no values.</param>
    /// <param name="add">Gives the result with one more value; what it is given must not be changed in place.</param>
    /// <param name="merge">Gives the result of two sessions, the earlier one first, that a record has made one.</param>
    /// <param name="materialized">How results are kept.</param>
    /// <param name="name">Name of the node.</param>
    public KTable<Windowed<TKey>, TResult> Aggregate<TResult>(
        Func<TResult> initialize,
        Func<TKey, TValue, TResult, TResult> add,
        Func<TKey, TResult, TResult, TResult> merge,
        Materialized<TKey, TResult>? materialized = null,
        string? name = null) => Aggregate(
            new Aggregating<TKey, TValue, TResult>(initialize, add), merge, new ResultStore<TKey, TResult>(materialized, null, name, "KSTREAM-AGGREGATE-"));

    private KTable<Windowed<TKey>, TResult> Aggregate<TResult>(
        StreamAggregation<TKey, TValue, TResult> aggregation, Func<TKey, TResult, TResult, TResult> merge, ResultStore<TKey, TResult> wanted)
    {
        StreamsBuilder builder = _grouped.Builder;
        string store = wanted.Materialized?.StoreName ?? builder.Name(null, $"{wanted.Prefix}STATE-STORE-");
        string own = builder.Name(wanted.Name, wanted.Prefix);
        ISerde<TKey> key = Serdes.Require(wanted.Materialized?.Key ?? _grouped.Shape.Key, "keys", own);
        ISerde<TResult> result = Serdes.Require(wanted.Materialized?.Value ?? wanted.UsualSerde, "results", own);
        (IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape) = _grouped.ForAggregation(store);

        // A record that is just in time may reach back one gap more to a session that has ended.
        long retention = wanted.RetentionMs((2 * _windows.GapMs) + _windows.GraceMs + 1, store);
        builder.AddStore(new SessionStoreDefinition<TKey, TResult>(store, key, result, retention)
        {
            IsLogged = wanted.Materialized?.IsLoggingEnabled ?? true,
            IsCached = _emit == Streaming.EmitStrategy.OnWindowUpdate && (wanted.Materialized?.IsCachingEnabled ?? true),
        });
        var definition = new OperatorDefinition<TKey, TValue, Windowed<TKey>, Change<TResult>>(own, [store], (chain, next) =>
            new SessionAggregateNode<TKey, TValue, TResult>(
                _windows, aggregation, merge, chain.Context.Store<SessionStore<TKey, TResult>>(store), _emit, chain.Context, next));
        builder.Connect(output, definition);
        var view = new TableView<Windowed<TKey>, TResult>([store], context => new SessionStoreView<TKey, TResult>(context.Store<SessionStore<TKey, TResult>>(store)));
        return new KTable<Windowed<TKey>, TResult>(
            builder,
            definition,
            view,
            store,
            new StreamShape<Windowed<TKey>, TResult>(new SessionWindowedSerde<TKey>(key), result, NeedsRepartition: false, shape.Sources),
            new OldValues([]))
        {
            Closing = new WindowClosing<Windowed<TKey>>(session => session.EndMs, _windows.GapMs + _windows.GraceMs + 1),
        };
    }
}
