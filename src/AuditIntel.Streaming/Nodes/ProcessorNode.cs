namespace AuditIntel.Streaming.Nodes;

/// <summary>Runs a user's processor.</summary>
internal sealed class ProcessorNode<TKey, TValue, TKeyOut, TValueOut>(IProcessor<TKey, TValue, TKeyOut, TValueOut> processor) : INode<TKey, TValue>
{
    public void Process(in Record<TKey, TValue> record) => processor.Process(in record);
}
