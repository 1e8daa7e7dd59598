namespace AuditIntel.Streaming.Nodes;

/// <summary>Names a place in the topology: the start of a branch, or where streams merge.</summary>
internal sealed class PassNode<TKey, TValue>(INode<TKey, TValue> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record) => next.Process(in record);
}
