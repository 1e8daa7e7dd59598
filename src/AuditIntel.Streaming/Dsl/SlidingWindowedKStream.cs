using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>A stream whose records are aggregated by key and sliding window. Records without key or value are dropped.</summary>
public sealed class SlidingWindowedKStream<TKey, TValue>
    where TKey : notnull
{
    private readonly KGroupedStream<TKey, TValue> _grouped;
    private readonly SlidingWindows _windows;
    private readonly EmitStrategy _emit;

    internal SlidingWindowedKStream(KGroupedStream<TKey, TValue> grouped, SlidingWindows windows, EmitStrategy emit)
    {
        _grouped = grouped;
        _windows = windows;
        _emit = emit;
    }

    /// <summary>Chooses when results go downstream.</summary>
    public SlidingWindowedKStream<TKey, TValue> EmitStrategy(EmitStrategy emit) => new(_grouped, _windows, emit);

    public KTable<Windowed<TKey>, long> Count(Materialized<TKey, long>? materialized = null, string? name = null) =>
        Aggregate(new Counting<TKey, TValue>(), materialized, Serdes.Int64, name, "KSTREAM-AGGREGATE-");

    /// <inheritdoc cref="KGroupedStream{TKey,TValue}.Reduce"/>
    public KTable<Windowed<TKey>, TValue> Reduce(Func<TValue, TValue, TValue> reduce, Materialized<TKey, TValue>? materialized = null, string? name = null) =>
        Aggregate(new Reducing<TKey, TValue>(reduce), materialized, _grouped.Shape.Value, name, "KSTREAM-REDUCE-");

    /// <inheritdoc cref="KGroupedStream{TKey,TValue}.Aggregate{TResult}(Func{TResult},Func{TKey,TValue,TResult,TResult},Materialized{TKey,TResult},string)"/>
    public KTable<Windowed<TKey>, TResult> Aggregate<TResult>(
        Func<TResult> initialize, Func<TKey, TValue, TResult, TResult> add, Materialized<TKey, TResult>? materialized = null, string? name = null) =>
        Aggregate(new Aggregating<TKey, TValue, TResult>(initialize, add), materialized, null, name, "KSTREAM-AGGREGATE-");

    private KTable<Windowed<TKey>, TResult> Aggregate<TResult>(
        StreamAggregation<TKey, TValue, TResult> aggregation, Materialized<TKey, TResult>? materialized, ISerde<TResult>? usual, string? name, string prefix) =>
        WindowedAggregation.Build<TKey, TValue, TResult>(
            _grouped,

            // A record that is just in time looks two differences back from a time that may itself be a difference and the grace behind.
            new WindowPlan(
                _windows.TimeDifferenceMs, (3 * _windows.TimeDifferenceMs) + _windows.GraceMs + 2, _windows.GraceMs + 1, SegmentLayout.Indexed, _emit),
            new ResultStore<TKey, TResult>(materialized, usual, name, prefix),
            (store, context, next) => new SlidingWindowAggregateNode<TKey, TValue, TResult>(_windows, aggregation, store, _emit, context, next));
}
