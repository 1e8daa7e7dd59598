namespace AuditIntel.Streaming;

/// <summary>
/// A step written by hand, one instance a task: it may keep state of its own beside the stores, but only stores survive. When it is
/// <see cref="IDisposable"/>, it is disposed with its task.
/// </summary>
public interface IProcessor<TKey, TValue, TKeyOut, TValueOut>
{
    /// <summary>Called once, before the first record and before stores are restored.</summary>
    void Init(IProcessorContext<TKeyOut, TValueOut> context);

    /// <summary>Anything thrown here goes to the processing error handler.</summary>
    void Process(in Record<TKey, TValue> record);
}
