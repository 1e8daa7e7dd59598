namespace AuditIntel.Streaming;

/// <content>Joins with other streams, within a window of time.</content>
public sealed partial class KStream<TKey, TValue>
{
    /// <summary>Each pair of records of one key within the window, with the later timestamp of the two.</summary>
    public KStream<TKey, TOut> Join<TOther, TOut>(
        KStream<TKey, TOther> other, Func<TKey?, TValue, TOther, TOut> join, JoinWindows windows, StreamJoined<TKey, TValue, TOther>? joined = null) =>
        JoinStream(other, (key, left, right) => join(key, left!, right!), windows, joined, keepsLeft: false, keepsRight: false);

    /// <summary>
    /// The same, and each record of this stream that has met none, once its window has closed; one without key at once (KIP-962).
    /// </summary>
    public KStream<TKey, TOut> LeftJoin<TOther, TOut>(
        KStream<TKey, TOther> other, Func<TKey?, TValue, TOther?, TOut> join, JoinWindows windows, StreamJoined<TKey, TValue, TOther>? joined = null) =>
        JoinStream(other, (key, left, right) => join(key, left!, right), windows, joined, keepsLeft: true, keepsRight: false);

    /// <summary>The same, and each record of either stream that has met none, once its window has closed.</summary>
    public KStream<TKey, TOut> OuterJoin<TOther, TOut>(
        KStream<TKey, TOther> other, Func<TKey?, TValue?, TOther?, TOut> join, JoinWindows windows, StreamJoined<TKey, TValue, TOther>? joined = null) =>
        JoinStream(other, join, windows, joined, keepsLeft: true, keepsRight: true);

    private KStream<TKey, TOut> JoinStream<TOther, TOut>(
        KStream<TKey, TOther> other,
        Func<TKey?, TValue?, TOther?, TOut> join,
        JoinWindows windows,
        StreamJoined<TKey, TValue, TOther>? joined,
        bool keepsLeft,
        bool keepsRight)
    {
        KStream<TKey, TValue> left = !_shape.NeedsRepartition
            ? this
            : RepartitionForJoin(joined?.Name is { } l ? $"{l}-left" : _output.Node.Name, joined?.Key, joined?.Value, dropsNullKeys: !keepsLeft);
        KStream<TKey, TOther> right = !other._shape.NeedsRepartition
            ? other
            : other.RepartitionForJoin(joined?.Name is { } r ? $"{r}-right" : other._output.Node.Name, joined?.Key, joined?.Other, dropsNullKeys: !keepsRight);
        return new StreamJoinBuilder<TKey, TValue, TOther, TOut>(_builder, windows, join, keepsLeft, keepsRight, joined ?? new StreamJoined<TKey, TValue, TOther>())
            .Build(left._output, left._shape, right._output, right._shape);
    }
}
