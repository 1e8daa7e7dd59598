namespace AuditIntel.Streaming.Nodes;

/// <summary>A step of one task's chain. The chain is made once for the task; a record costs one virtual call a step and no garbage.</summary>
internal interface INode<TKey, TValue>
{
    void Process(in Record<TKey, TValue> record);
}
