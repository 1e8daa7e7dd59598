namespace AuditIntel.Streaming.Nodes;

/// <summary>Lets rows through that meet the condition; one that does not is a deletion.</summary>
/// <param name="condition">Which rows stay.</param>
/// <param name="skipsNeedless">Whether a deletion of what was not there is left out.</param>
/// <param name="next">The node behind.</param>
internal sealed class TableFilterNode<TKey, TValue>(Func<TKey, TValue, bool> condition, bool skipsNeedless, INode<TKey, Change<TValue>> next)
    : INode<TKey, Change<TValue>>
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        bool hasNew = change.HasNew && condition(record.Key!, change.New!);
        bool hasOld = change.HasOld && condition(record.Key!, change.Old!);
        if (hasNew || hasOld || !skipsNeedless)
        {
            next.Process(record.WithValue(Change<TValue>.Of(change.New, hasNew, change.Old, hasOld)));
        }
    }
}
