namespace AuditIntel.Streaming.Runtime;

/// <summary>One punctuator; disposing cancels it.</summary>
internal sealed class PunctuationSchedule(long intervalMs, Action<long> callback) : IDisposable
{
    public long IntervalMs => intervalMs;

    public Action<long> Callback => callback;

    public bool IsCancelled { get; private set; }

    public void Dispose() => IsCancelled = true;
}
