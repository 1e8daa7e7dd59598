namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// One side of a join of two tables: a change here meets the other table's row as it is. A tombstone goes downstream only where there was something to
/// delete.
/// </summary>
/// <param name="other">The other table.</param>
/// <param name="join">Makes the joined value; this side's value comes first.</param>
/// <param name="keepsWithoutThis">Whether the result has rows that only the other table has.</param>
/// <param name="keepsWithoutOther">Whether the result has rows that only this table has.</param>
/// <param name="next">The node behind.</param>
internal sealed class TableJoinNode<TKey, TThis, TOther, TOut>(
    ITableView<TKey, TOther> other, Func<TKey, TThis?, TOther?, TOut> join, bool keepsWithoutThis, bool keepsWithoutOther, INode<TKey, Change<TOut>> next)
    : INode<TKey, Change<TThis>>
{
    public void Process(in Record<TKey, Change<TThis>> record)
    {
        Change<TThis> change = record.Value;
        TKey key = record.Key!;
        bool found = other.TryGet(key, out TOther? row, out long otherMs);
        if (!found && !keepsWithoutOther)
        {
            return;
        }

        bool hasNew = change.HasNew || (keepsWithoutThis && found);
        bool hasOld = change.HasOld || (keepsWithoutThis && found);
        if (!hasNew && !hasOld)
        {
            return;
        }

        TOut? value = hasNew ? join(key, change.New, row) : default;
        TOut? old = hasOld ? join(key, change.Old, row) : default;
        var joined = Change<TOut>.Of(value, hasNew && value is not null, old, hasOld && old is not null);
        next.Process(new Record<TKey, Change<TOut>>(key, joined, Math.Max(record.TimestampMs, otherMs), record.Headers));
    }
}
