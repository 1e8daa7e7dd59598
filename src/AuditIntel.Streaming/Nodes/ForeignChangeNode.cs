using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Tells every row that refers to a foreign key of the key's change.</summary>
internal sealed class ForeignChangeNode<TKey, TForeignKey, TForeign>(
    SubscriptionStore<TForeignKey, TKey> store, INode<TKey, SubscriptionAnswer<TForeign>> next) : INode<TForeignKey, Change<TForeign>>
    where TKey : notnull
    where TForeignKey : notnull
{
    private readonly List<TKey> _subscribers = [];

    public void Process(in Record<TForeignKey, Change<TForeign>> record)
    {
        Change<TForeign> change = record.Value;
        store.Collect(record.Key!, _subscribers);
        foreach (TKey key in _subscribers)
        {
            store.TryGet(new SubscriptionKey<TForeignKey, TKey>(record.Key!, key), out UInt128 print, out long subscribedMs);
            next.Process(new Record<TKey, SubscriptionAnswer<TForeign>>(
                key,
                new SubscriptionAnswer<TForeign>(print, change.HasNew, change.New),
                Math.Max(record.TimestampMs, subscribedMs),
                record.Headers));
        }

        _subscribers.Clear();
    }
}
