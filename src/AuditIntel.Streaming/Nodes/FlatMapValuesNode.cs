namespace AuditIntel.Streaming.Nodes;

/// <summary>Makes any number of values of each record, under its key.</summary>
internal sealed class FlatMapValuesNode<TKey, TValue, TValueOut>(
    Func<TKey?, TValue?, IEnumerable<TValueOut>> map, INode<TKey, TValueOut> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        foreach (TValueOut value in map(record.Key, record.Value))
        {
            next.Process(record.WithValue(value));
        }
    }
}
