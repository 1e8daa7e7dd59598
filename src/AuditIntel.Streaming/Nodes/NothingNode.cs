namespace AuditIntel.Streaming.Nodes;

/// <summary>The end of a branch that nobody reads.</summary>
internal sealed class NothingNode<TKey, TValue> : INode<TKey, TValue>
{
    public static NothingNode<TKey, TValue> Instance { get; } = new();

    public void Process(in Record<TKey, TValue> record)
    {
    }
}
