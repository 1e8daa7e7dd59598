using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Runtime;

/// <summary>What a processor that may change keys gets.</summary>
internal sealed class ProcessorContext<TKeyOut, TValueOut>(TaskContext task, string processor, IReadOnlyList<string> stores, INode<TKeyOut, TValueOut> next)
    : ProcessorServices(task, processor, stores), IProcessorContext<TKeyOut, TValueOut>
{
    public void Forward(in Record<TKeyOut, TValueOut> record) => next.Process(in record);
}
