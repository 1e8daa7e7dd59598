namespace AuditIntel.Streaming.Nodes;

/// <summary>How rows come into a group's result and leave it.</summary>
internal sealed class TableAggregation<TKey, TValue, TResult>(
    Func<TResult>? initialize, Func<TKey, TValue, TResult, TResult> add, Func<TKey, TValue, TResult, TResult> subtract)
{
    /// <summary>The result of one row, where there is no result of none.</summary>
    public Func<TValue, TResult>? First { get; init; }

    public TResult Add(TKey key, TValue value, bool exists, TResult? result) =>
        exists ? add(key, value, result!) : initialize is null ? First!(value) : add(key, value, initialize());

    public TResult Subtract(TKey key, TValue value, TResult result) => subtract(key, value, result);
}
