using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps a group's result: takes out what a row was, adds what it is.</summary>
internal sealed class TableAggregateNode<TKey, TValue, TResult> : INode<TKey, Change<TValue>>
    where TKey : notnull
{
    private readonly TableAggregation<TKey, TValue, TResult> _aggregation;
    private readonly KeyValueStore<TKey, TResult> _store;

    public TableAggregateNode(
        TableAggregation<TKey, TValue, TResult> aggregation, KeyValueStore<TKey, TResult> store, INode<TKey, Change<TResult>> next)
    {
        _aggregation = aggregation;
        _store = store;
        store.ForwardTo(next);
    }

    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        int index = _store.Find(record.Key!, out TResult? old, out bool existed, out long timestampMs);
        TResult? result = old;
        bool exists = existed;
        if (change.HasOld && exists)
        {
            result = _aggregation.Subtract(record.Key!, change.Old!, result!);
            exists = result is not null;
        }

        if (change.HasNew)
        {
            result = _aggregation.Add(record.Key!, change.New!, exists, result);
            exists = result is not null;
        }

        _store.Update(index, record.Key!, Change<TResult>.Of(result, exists, old, existed), Math.Max(record.TimestampMs, timestampMs), record.Headers);
    }
}
