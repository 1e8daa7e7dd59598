namespace AuditIntel.Streaming.State;

/// <summary>Keys and windows of one task. Only the task's own thread may touch it.</summary>
public interface IWindowStore<TKey, TValue> : IReadOnlyWindowStore<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Stores the value with the timestamp of the record that is being processed; null removes the window. Past retention it does nothing.</summary>
    void Put(TKey key, TValue? value, long startMs);
}
