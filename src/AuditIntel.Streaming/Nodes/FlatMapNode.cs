namespace AuditIntel.Streaming.Nodes;

/// <summary>Makes any number of records of each.</summary>
internal sealed class FlatMapNode<TKey, TValue, TKeyOut, TValueOut>(
    Func<TKey?, TValue?, IEnumerable<(TKeyOut Key, TValueOut Value)>> map, INode<TKeyOut, TValueOut> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        foreach ((TKeyOut key, TValueOut value) in map(record.Key, record.Value))
        {
            next.Process(new Record<TKeyOut, TValueOut>(key, value, record.TimestampMs, record.Headers));
        }
    }
}
