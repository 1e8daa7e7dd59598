namespace AuditIntel.Streaming.Nodes;

/// <summary>Changes each record's value; the key, and so the partition, stays.</summary>
internal sealed class MapValuesNode<TKey, TValue, TValueOut>(Func<TKey?, TValue?, TValueOut> map, INode<TKey, TValueOut> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record) => next.Process(record.WithValue(map(record.Key, record.Value)));
}
