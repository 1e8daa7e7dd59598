namespace AuditIntel.Streaming.Nodes;

/// <summary>Lets records through that meet the condition.</summary>
internal sealed class FilterNode<TKey, TValue>(Func<TKey?, TValue?, bool> condition, INode<TKey, TValue> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (condition(record.Key, record.Value))
        {
            next.Process(in record);
        }
    }
}
