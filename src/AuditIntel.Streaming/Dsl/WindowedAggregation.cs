using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Declares store and node of an aggregation over windows.</summary>
internal static class WindowedAggregation
{
    /// <summary>Makes the node of a task.</summary>
    public delegate INode<TKey, TValue> Creation<TKey, TValue, TResult>(
        WindowStore<TKey, TResult> store, TaskContext context, INode<Windowed<TKey>, Change<TResult>> next)
        where TKey : notnull;

    public static KTable<Windowed<TKey>, TResult> Build<TKey, TValue, TResult>(
        KGroupedStream<TKey, TValue> grouped,
        WindowPlan plan,
        ResultStore<TKey, TResult> wanted,
        Creation<TKey, TValue, TResult> create)
        where TKey : notnull
    {
        StreamsBuilder builder = grouped.Builder;
        string store = wanted.Materialized?.StoreName ?? builder.Name(null, $"{wanted.Prefix}STATE-STORE-");
        string own = builder.Name(wanted.Name, wanted.Prefix);
        ISerde<TKey> key = Serdes.Require(wanted.Materialized?.Key ?? grouped.Shape.Key, "keys", own);
        ISerde<TResult> result = Serdes.Require(wanted.Materialized?.Value ?? wanted.UsualSerde, "results", own);
        (IOutput<TKey, TValue> output, StreamShape<TKey, TValue> shape) = grouped.ForAggregation(store);
        long retention = wanted.RetentionMs(plan.RetentionMs, store);
        builder.AddStore(new WindowStoreDefinition<TKey, TResult>(store, key, result, plan.Layout(retention), plan.SizeMs)
        {
            IsLogged = wanted.Materialized?.IsLoggingEnabled ?? true,
            IsCached = plan.Emit == EmitStrategy.OnWindowUpdate && (wanted.Materialized?.IsCachingEnabled ?? true),
        });
        var definition = new OperatorDefinition<TKey, TValue, Windowed<TKey>, Change<TResult>>(
            own, [store], (chain, next) => create(chain.Context.Store<WindowStore<TKey, TResult>>(store), chain.Context, next));
        builder.Connect(output, definition);
        var view = new TableView<Windowed<TKey>, TResult>([store], context => new WindowStoreView<TKey, TResult>(context.Store<WindowStore<TKey, TResult>>(store)));
        return new KTable<Windowed<TKey>, TResult>(
            builder,
            definition,
            view,
            store,
            new StreamShape<Windowed<TKey>, TResult>(new TimeWindowedSerde<TKey>(key, plan.SizeMs), result, NeedsRepartition: false, shape.Sources),
            new OldValues([]))
        {
            Closing = new WindowClosing<Windowed<TKey>>(window => window.EndMs, plan.ClosesAfterMs),
        };
    }
}
