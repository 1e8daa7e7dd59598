namespace AuditIntel.Streaming.Nodes;

/// <summary>Gives each record a new key.</summary>
internal sealed class SelectKeyNode<TKey, TValue, TKeyOut>(Func<TKey?, TValue?, TKeyOut> select, INode<TKeyOut, TValue> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record) => next.Process(record.WithKey(select(record.Key, record.Value)));
}
