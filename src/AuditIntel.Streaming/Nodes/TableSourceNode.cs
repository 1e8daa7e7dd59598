using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps the newest value of each key. A record without key says nothing about any and is dropped, as in Kafka Streams.</summary>
internal sealed class TableSourceNode<TKey, TValue>(IKeyValueStore<TKey, TValue> store, INode<TKey, TValue> next) : INode<TKey, TValue>
    where TKey : notnull
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (record.Key is null)
        {
            return;
        }

        if (record.Value is null)
        {
            store.Delete(record.Key);
        }
        else
        {
            store.Put(record.Key, record.Value);
        }

        next.Process(in record);
    }
}
