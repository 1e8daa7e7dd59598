namespace AuditIntel.Streaming.Nodes;

/// <summary>In a left join by foreign keys, answers rows that have none.</summary>
internal sealed class SelfAnswerNode<TKey, TValue, TForeignKey, TForeign>(
    Func<TKey, TValue, TForeignKey?> select, Fingerprint<TValue> fingerprint, INode<TKey, SubscriptionAnswer<TForeign>> next) : INode<TKey, Change<TValue>>
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        bool without = change.HasNew
            ? select(record.Key!, change.New!) is null
            : change.HasOld && select(record.Key!, change.Old!) is null;
        if (without)
        {
            UInt128 print = change.HasNew ? fingerprint.Of(change.New!) : UInt128.Zero;
            next.Process(record.WithValue(new SubscriptionAnswer<TForeign>(print, HasValue: false, default)));
        }
    }
}
