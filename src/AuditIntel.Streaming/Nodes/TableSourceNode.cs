using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Keeps the newest value of each key: newest by offset, whatever the timestamps say, as Kafka Streams' unversioned tables. A record without key says
/// nothing about any and is dropped.
/// </summary>
internal sealed class TableSourceNode<TKey, TValue> : INode<TKey, TValue>
    where TKey : notnull
{
    private readonly KeyValueStore<TKey, TValue> _store;
    private readonly TaskContext _context;

    public TableSourceNode(KeyValueStore<TKey, TValue> store, TaskContext context, INode<TKey, Change<TValue>> next)
    {
        _store = store;
        _context = context;
        store.ForwardTo(next);
    }

    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasKey)
        {
            _context.Drop();
            return;
        }

        int index = _store.Find(record.Key!, out TValue? old, out bool existed, out _);
        _store.Update(
            index, record.Key!, Change<TValue>.Of(record.Value, record.HasValue, old, existed), record.TimestampMs, record.Headers);
    }
}
