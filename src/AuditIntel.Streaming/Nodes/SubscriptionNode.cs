using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Keeps who refers to a foreign key, and answers with its value as it is.</summary>
internal sealed class SubscriptionNode<TKey, TForeignKey, TForeign>(
    SubscriptionStore<TForeignKey, TKey> store, ITableView<TForeignKey, TForeign> table, INode<TKey, SubscriptionAnswer<TForeign>> next)
    : INode<TForeignKey, Subscription<TKey>>
    where TKey : notnull
    where TForeignKey : notnull
{
    public void Process(in Record<TForeignKey, Subscription<TKey>> record)
    {
        Subscription<TKey> subscription = record.Value;
        var key = new SubscriptionKey<TForeignKey, TKey>(record.Key!, subscription.Key);
        TForeign? value = default;
        long valueMs = -1;
        bool found = false;
        switch (subscription.Kind)
        {
            case SubscriptionKind.Leave:
                store.Delete(key);
                return;
            case SubscriptionKind.LeaveAndAnswer:
                store.Delete(key);
                break;
            case SubscriptionKind.AnswerIfPresent:
            case SubscriptionKind.Answer:
                store.Put(key, subscription.Fingerprint, record.TimestampMs);
                found = table.TryGet(record.Key!, out value, out valueMs);
                break;
            default:
                throw new StreamsException($"There is no subscription of kind {(byte)subscription.Kind}: was the topic written by another version?");
        }

        if (found || subscription.Kind != SubscriptionKind.AnswerIfPresent)
        {
            next.Process(new Record<TKey, SubscriptionAnswer<TForeign>>(
                subscription.Key,
                new SubscriptionAnswer<TForeign>(subscription.Fingerprint, found, value),
                Math.Max(record.TimestampMs, valueMs),
                record.Headers));
        }
    }
}
