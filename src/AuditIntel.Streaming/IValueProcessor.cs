namespace AuditIntel.Streaming;

/// <summary>A step written by hand that cannot change keys. When it is <see cref="IDisposable"/>, it is disposed with its task.</summary>
public interface IValueProcessor<TKey, TValue, TValueOut>
{
    /// <summary>Called once, before the first record and before stores are restored.</summary>
    void Init(IValueProcessorContext<TValueOut> context);

    /// <summary>Anything thrown here goes to the processing error handler.</summary>
    void Process(in Record<TKey, TValue> record);
}
