using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps a result a key. Records without key or value are dropped; the result's timestamp is the highest of its records.</summary>
internal sealed class AggregateNode<TKey, TValue, TResult> : INode<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamAggregation<TKey, TValue, TResult> _aggregation;
    private readonly KeyValueStore<TKey, TResult> _store;
    private readonly TaskContext _context;

    public AggregateNode(
        StreamAggregation<TKey, TValue, TResult> aggregation, KeyValueStore<TKey, TResult> store, TaskContext context, INode<TKey, Change<TResult>> next)
    {
        _aggregation = aggregation;
        _store = store;
        _context = context;
        store.ForwardTo(next);
    }

    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasKey || !record.HasValue)
        {
            _context.Drop();
            return;
        }

        int index = _store.Find(record.Key!, out TResult? old, out bool exists, out long timestampMs);
        TResult result = _aggregation.Apply(record.Key!, record.Value!, exists, old);
        _store.Update(
            index,
            record.Key!,
            Change<TResult>.Of(result, result is not null, old, exists),
            Math.Max(record.TimestampMs, timestampMs),
            record.Headers);
    }
}
