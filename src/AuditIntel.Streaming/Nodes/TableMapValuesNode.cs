namespace AuditIntel.Streaming.Nodes;

/// <summary>Changes the values of rows, what they are and what they were.</summary>
internal sealed class TableMapValuesNode<TKey, TValue, TValueOut>(Func<TKey, TValue, TValueOut> map, INode<TKey, Change<TValueOut>> next)
    : INode<TKey, Change<TValue>>
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        TValueOut? value = change.HasNew ? map(record.Key!, change.New!) : default;
        TValueOut? old = change.HasOld ? map(record.Key!, change.Old!) : default;
        next.Process(record.WithValue(Change<TValueOut>.Of(value, change.HasNew && value is not null, old, change.HasOld && old is not null)));
    }
}
