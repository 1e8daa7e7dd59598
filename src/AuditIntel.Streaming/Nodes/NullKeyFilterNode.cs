using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Drops and counts records without key.</summary>
internal sealed class NullKeyFilterNode<TKey, TValue>(TaskContext context, INode<TKey, TValue> next) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record)
    {
        if (record.HasKey)
        {
            next.Process(in record);
        }
        else
        {
            context.Drop();
        }
    }
}
