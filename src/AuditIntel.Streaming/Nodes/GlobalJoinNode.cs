using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Joins each record with the global table's value of a key made of it. A record without value is dropped; without a key to look up, by an inner join.</summary>
internal sealed class GlobalJoinNode<TKey, TValue, TTableKey, TTable, TValueOut>(
    IReadOnlyKeyValueStore<TTableKey, TTable> table,
    Func<TKey?, TValue, TTableKey?> select,
    Func<TKey?, TValue, TTable?, TValueOut> join,
    bool left,
    TaskContext context,
    INode<TKey, TValueOut> next) : INode<TKey, TValue>
    where TTableKey : notnull
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasValue)
        {
            context.Drop();
            return;
        }

        TTableKey? key = select(record.Key, record.Value!);
        TTable? other = default;
        bool found = key is not null && table.TryGet(key, out other);
        if (found || left)
        {
            next.Process(record.WithValue(join(record.Key, record.Value!, found ? other : default)));
        }
        else if (key is null)
        {
            context.Drop();
        }
    }
}
