namespace AuditIntel.Streaming.Nodes;

/// <summary>Gives each record to several nodes in order.</summary>
internal sealed class FanOutNode<TKey, TValue>(INode<TKey, TValue>[] targets) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        foreach (INode<TKey, TValue> target in targets)
        {
            target.Process(in record);
        }
    }
}
