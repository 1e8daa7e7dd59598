using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>What a processor that cannot change keys may use of its task.</summary>
public interface IValueProcessorContext<TValueOut> : ITaskContext
{
    /// <summary>Gives a value to the nodes behind, with key, timestamp and headers of the record that is being processed.</summary>
    /// <exception cref="InvalidOperationException">No record is being processed: punctuators have no key to forward under.</exception>
    void Forward(TValueOut? value);

    /// <summary>The same with another timestamp and other headers.</summary>
    /// <exception cref="InvalidOperationException">No record is being processed.</exception>
    void Forward(TValueOut? value, long timestampMs, IReadOnlyList<RecordHeader> headers);
}
