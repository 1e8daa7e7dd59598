namespace AuditIntel.Streaming.State;

/// <summary>Keys and sessions of one task. Only the task's own thread may touch it.</summary>
public interface ISessionStore<TKey, TValue> : IReadOnlySessionStore<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Stores the session; null removes it. Past retention it does nothing.</summary>
    void Put(Windowed<TKey> session, TValue? value);

    void Remove(Windowed<TKey> session);
}
