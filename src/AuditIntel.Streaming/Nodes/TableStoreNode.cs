using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps the rows of a derived table; what a row was comes from the store.</summary>
internal sealed class TableStoreNode<TKey, TValue> : INode<TKey, Change<TValue>>
    where TKey : notnull
{
    private readonly KeyValueStore<TKey, TValue> _store;
    private readonly bool _skipsNeedless;

    /// <param name="store">Where rows are kept.</param>
    /// <param name="skipsNeedless">Whether a deletion of what is not there is left out.</param>
    /// <param name="next">The node behind.</param>
    public TableStoreNode(KeyValueStore<TKey, TValue> store, bool skipsNeedless, INode<TKey, Change<TValue>> next)
    {
        _store = store;
        _skipsNeedless = skipsNeedless;
        store.ForwardTo(next);
    }

    public void Process(in Record<TKey, Change<TValue>> record)
    {
        int index = _store.Find(record.Key!, out TValue? old, out bool exists, out _);
        Change<TValue> change = record.Value;
        if (!change.HasNew && !exists && _skipsNeedless)
        {
            return;
        }

        _store.Update(index, record.Key!, Change<TValue>.Of(change.New, change.HasNew, old, exists), record.TimestampMs, record.Headers);
    }
}
