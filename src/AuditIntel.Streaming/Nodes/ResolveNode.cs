namespace AuditIntel.Streaming.Nodes;

/// <summary>Joins a left row with the answer of its foreign key, unless the row has changed since it asked.</summary>
internal sealed class ResolveNode<TKey, TValue, TForeign, TOut>(
    ITableView<TKey, TValue> table,
    Func<TKey, TValue, TForeign?, TOut> join,
    bool left,
    Fingerprint<TValue> fingerprint,
    INode<TKey, Change<TOut>> next) : INode<TKey, SubscriptionAnswer<TForeign>>
{
    public void Process(in Record<TKey, SubscriptionAnswer<TForeign>> record)
    {
        SubscriptionAnswer<TForeign> answer = record.Value;
        bool exists = table.TryGet(record.Key!, out TValue? row, out _);
        UInt128 print = exists ? fingerprint.Of(row!) : UInt128.Zero;
        if (print != answer.Fingerprint)
        {
            return;
        }

        bool joined = exists && (answer.HasValue || left);
        TOut? value = joined ? join(record.Key!, row!, answer.Value) : default;
        next.Process(record.WithValue(Change<TOut>.Of(value, joined && value is not null, default, hasOld: false)));
    }
}
