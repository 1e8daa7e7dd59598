namespace AuditIntel.Streaming;

/// <summary>What a processor may use of its task.</summary>
public interface IProcessorContext<TKeyOut, TValueOut> : ITaskContext
{
    /// <summary>Gives a record to the nodes behind.</summary>
    void Forward(in Record<TKeyOut, TValueOut> record);
}
