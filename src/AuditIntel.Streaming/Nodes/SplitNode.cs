namespace AuditIntel.Streaming.Nodes;

/// <summary>Gives each record to the first branch whose condition it meets; to none when it meets none.</summary>
internal sealed class SplitNode<TKey, TValue>((Func<TKey?, TValue?, bool> Condition, INode<TKey, TValue> Branch)[] branches) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        foreach ((Func<TKey?, TValue?, bool> condition, INode<TKey, TValue> branch) in branches)
        {
            if (condition(record.Key, record.Value))
            {
                branch.Process(in record);
                return;
            }
        }
    }
}
