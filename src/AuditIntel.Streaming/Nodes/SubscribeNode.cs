namespace AuditIntel.Streaming.Nodes;

/// <summary>Tells foreign keys which rows of the left table refer to them (KIP-213).</summary>
internal sealed class SubscribeNode<TKey, TValue, TForeignKey>(
    Func<TKey, TValue, TForeignKey?> select, bool left, Fingerprint<TValue> fingerprint, INode<TForeignKey, Subscription<TKey>> next)
    : INode<TKey, Change<TValue>>
    where TForeignKey : notnull
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        TForeignKey? before = change.HasOld ? select(record.Key!, change.Old!) : default;
        TForeignKey? after = change.HasNew ? select(record.Key!, change.New!) : default;
        bool hasBefore = change.HasOld && before is not null;
        bool hasAfter = change.HasNew && after is not null;
        bool moves = hasBefore && hasAfter && !EqualityComparer<TForeignKey>.Default.Equals(before, after);
        if (hasBefore && (moves || !hasAfter))
        {
            // Where the row lives on without foreign key, a left join answers by itself.
            bool answersItself = left && change.HasNew;
            Send(in record, before!, moves || answersItself ? SubscriptionKind.Leave : SubscriptionKind.LeaveAndAnswer);
        }

        if (hasAfter)
        {
            // A row that has moved must lose the result of its old foreign key, even where the new one has no value.
            Send(in record, after!, left || moves ? SubscriptionKind.Answer : SubscriptionKind.AnswerIfPresent);
        }
    }

    private void Send(in Record<TKey, Change<TValue>> record, TForeignKey foreignKey, SubscriptionKind kind)
    {
        UInt128 print = record.Value.HasNew ? fingerprint.Of(record.Value.New!) : UInt128.Zero;
        next.Process(new Record<TForeignKey, Subscription<TKey>>(
            foreignKey, new Subscription<TKey>(kind, print, record.Key!), record.TimestampMs, record.Headers));
    }
}
