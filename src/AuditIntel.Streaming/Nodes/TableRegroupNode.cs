namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Sends what a row was to its old group and what it is to its new one; as one record when the group is the same (KIP-904), so that no result between the
/// two is seen.
/// </summary>
internal sealed class TableRegroupNode<TKey, TValue, TKeyOut, TValueOut>(
    Func<TKey, TValue, (TKeyOut Key, TValueOut Value)> select, INode<TKeyOut, Change<TValueOut>> next) : INode<TKey, Change<TValue>>
    where TKeyOut : notnull
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        (TKeyOut Key, TValueOut Value) before = change.HasOld ? select(record.Key!, change.Old!) : default;
        (TKeyOut Key, TValueOut Value) after = change.HasNew ? select(record.Key!, change.New!) : default;
        bool hasBefore = change.HasOld && before.Key is not null && before.Value is not null;
        bool hasAfter = change.HasNew && after.Key is not null && after.Value is not null;
        if (hasBefore && hasAfter && EqualityComparer<TKeyOut>.Default.Equals(before.Key, after.Key))
        {
            Send(in record, after.Key!, Change<TValueOut>.Of(after.Value, true, before.Value, true));
            return;
        }

        if (hasBefore)
        {
            Send(in record, before.Key!, Change<TValueOut>.Deletion(before.Value, hasOld: true));
        }

        if (hasAfter)
        {
            Send(in record, after.Key!, new Change<TValueOut>(after.Value, default, hasOld: false));
        }
    }

    private void Send(in Record<TKey, Change<TValue>> record, TKeyOut key, Change<TValueOut> change) =>
        next.Process(new Record<TKeyOut, Change<TValueOut>>(key, change, record.TimestampMs, record.Headers));
}
