namespace AuditIntel.Streaming.Nodes;

/// <summary>Turns changes of a table into records; a deletion is a tombstone.</summary>
internal sealed class TableToStreamNode<TKey, TValue>(INode<TKey, TValue> next) : INode<TKey, Change<TValue>>
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        Change<TValue> change = record.Value;
        next.Process(Record<TKey, TValue>.Of(record.Key, record.HasKey, change.New, change.HasNew, record.TimestampMs, record.Headers));
    }
}
