namespace AuditIntel.Streaming.Nodes;

/// <summary>Adds values to a result of another type.</summary>
internal sealed class Aggregating<TKey, TValue, TResult>(Func<TResult> initialize, Func<TKey, TValue, TResult, TResult> add)
    : StreamAggregation<TKey, TValue, TResult>
{
    public override TResult Apply(TKey key, TValue value, bool exists, TResult? result) => add(key, value, exists ? result! : initialize());
}
