using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Joins each record with the table's value of its key at that moment. Records without key or value are dropped by an inner join, as in
/// Kafka Streams; a left join drops those without value: it joins a null key with nothing (KIP-962).
/// </summary>
internal sealed class StreamTableJoinNode<TKey, TValue, TTable, TValueOut>(
    ITableView<TKey, TTable> table, Func<TKey?, TValue, TTable?, TValueOut> join, bool left, TaskContext context, INode<TKey, TValueOut> next)
    : INode<TKey, TValue>
    where TKey : notnull
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasValue || (!record.HasKey && !left))
        {
            context.Drop();
            return;
        }

        TTable? other = default;
        bool found = record.HasKey && table.TryGet(record.Key!, out other, out _);
        if (found || left)
        {
            next.Process(record.WithValue(join(record.Key, record.Value!, found ? other : default)));
        }
    }
}
