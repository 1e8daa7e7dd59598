namespace AuditIntel.Streaming.Nodes;

/// <summary>Changes each record's key and value.</summary>
internal sealed class MapNode<TKey, TValue, TKeyOut, TValueOut>(
    Func<TKey?, TValue?, (TKeyOut Key, TValueOut Value)> map, INode<TKeyOut, TValueOut> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        (TKeyOut key, TValueOut value) = map(record.Key, record.Value);
        next.Process(new Record<TKeyOut, TValueOut>(key, value, record.TimestampMs, record.Headers));
    }
}
