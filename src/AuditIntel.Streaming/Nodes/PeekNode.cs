namespace AuditIntel.Streaming.Nodes;

/// <summary>Shows each record to somebody on its way.</summary>
internal sealed class PeekNode<TKey, TValue>(Action<TKey?, TValue?> look, INode<TKey, TValue> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        look(record.Key, record.Value);
        next.Process(in record);
    }
}
