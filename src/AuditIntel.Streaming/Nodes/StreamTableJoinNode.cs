using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Joins each record with the table's value of its key at that moment. Records without key or value are dropped by an inner join, as in
/// Kafka Streams; a left join drops only tombstones without meaning: it joins a null key with nothing (KIP-962).
/// </summary>
internal sealed class StreamTableJoinNode<TKey, TValue, TTable, TValueOut>(
    IKeyValueStore<TKey, TTable> table, Func<TKey?, TValue, TTable?, TValueOut> join, bool left, INode<TKey, TValueOut> next) : INode<TKey, TValue>
    where TKey : notnull
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasValue)
        {
            return;
        }

        TTable? other = default;
        bool found = record.HasKey && table.TryGet(record.Key!, out other);
        if (found || left)
        {
            next.Process(record.WithValue(join(record.Key, record.Value!, found ? other : default)));
        }
    }
}
