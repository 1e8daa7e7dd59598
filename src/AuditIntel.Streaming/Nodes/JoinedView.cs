using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.Nodes;

/// <summary>The rows of a join of two tables, made when they are asked for.</summary>
internal sealed class JoinedView<TKey, TLeft, TRight, TOut>(
    ITableView<TKey, TLeft> left, ITableView<TKey, TRight> right, Func<TKey, TLeft?, TRight?, TOut> join, bool keepsLeft, bool keepsRight)
    : ITableView<TKey, TOut>
{
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TOut value, out long timestampMs)
    {
        bool hasLeft = left.TryGet(key, out TLeft? leftRow, out long leftMs);
        bool hasRight = right.TryGet(key, out TRight? rightRow, out long rightMs);
        timestampMs = Math.Max(leftMs, rightMs);
        if ((hasLeft && hasRight) || (hasLeft && keepsLeft) || (hasRight && keepsRight))
        {
            value = join(key, leftRow, rightRow);
            return value is not null;
        }

        value = default;
        return false;
    }
}
