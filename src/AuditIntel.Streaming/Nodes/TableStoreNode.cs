using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps the rows of a derived table; what a row was comes from the store.</summary>
internal sealed class TableStoreNode<TKey, TValue> : INode<TKey, Change<TValue>>
    where TKey : notnull
{
    private readonly KeyValueStore<TKey, TValue> _store;

    public TableStoreNode(KeyValueStore<TKey, TValue> store, INode<TKey, Change<TValue>> next)
    {
        _store = store;
        store.ForwardTo(next);
    }

    public void Process(in Record<TKey, Change<TValue>> record)
    {
        int index = _store.Find(record.Key!, out TValue? old, out bool exists, out _);
        Change<TValue> change = record.Value;
        _store.Update(index, record.Key!, Change<TValue>.Of(change.New, change.HasNew, old, exists), record.TimestampMs, record.Headers);
    }
}
