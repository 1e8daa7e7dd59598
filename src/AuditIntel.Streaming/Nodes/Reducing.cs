namespace AuditIntel.Streaming.Nodes;

/// <summary>Combines values of one type; the first one is a result by itself.</summary>
internal sealed class Reducing<TKey, TValue>(Func<TValue, TValue, TValue> reduce) : StreamAggregation<TKey, TValue, TValue>
{
    public override TValue Apply(TKey key, TValue value, bool exists, TValue? result) => exists ? reduce(result!, value) : value;
}
