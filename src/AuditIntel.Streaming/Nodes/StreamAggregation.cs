namespace AuditIntel.Streaming.Nodes;

/// <summary>How a value goes into a key's result.</summary>
internal abstract class StreamAggregation<TKey, TValue, TResult>
{
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <param name="exists">Whether there is a result already.</param>
    /// <param name="result">The result so far.</param>
    public abstract TResult Apply(TKey key, TValue value, bool exists, TResult? result);
}
