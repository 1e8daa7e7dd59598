using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>A processor's view of its task.</summary>
internal sealed class ProcessorContext<TKeyOut, TValueOut>(TaskContext task, string processor, IReadOnlyList<string> stores, INode<TKeyOut, TValueOut> next)
    : IProcessorContext<TKeyOut, TValueOut>
{
    public string ApplicationId => task.ApplicationId;

    public RecordMetadata Metadata => new(task.Metadata.Topic, task.Metadata.Partition, task.Metadata.Offset);

    public long StreamTimeMs => task.StreamTimeMs;

    public void Forward(in Record<TKeyOut, TValueOut> record) => next.Process(in record);

    public IKeyValueStore<TStoreKey, TStoreValue> GetStateStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull => stores.Contains(name)
            ? task.Store<TStoreKey, TStoreValue>(name)
            : throw new InvalidOperationException($"Processor '{processor}' is not connected with the store '{name}': name it in Process(...).");
}
