using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>What a processor may use of its task.</summary>
public interface IProcessorContext<TKeyOut, TValueOut>
{
    /// <summary>Application id of the instance.</summary>
    string ApplicationId { get; }

    /// <summary>Origin of the record that is being processed.</summary>
    RecordMetadata Metadata { get; }

    /// <summary>Highest timestamp that the task has seen, milliseconds since 1970.</summary>
    long StreamTimeMs { get; }

    /// <summary>Gives a record to the nodes behind.</summary>
    void Forward(in Record<TKeyOut, TValueOut> record);

    /// <exception cref="InvalidOperationException">The processor was not connected with a store of that name and type.</exception>
    IKeyValueStore<TStoreKey, TStoreValue> GetStateStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull;
}
