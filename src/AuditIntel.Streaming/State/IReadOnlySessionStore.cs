using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>A store of keys and sessions, to look at. What is past its retention is not shown.</summary>
public interface IReadOnlySessionStore<TKey, TValue>
    where TKey : notnull
{
    string Name { get; }

    bool TryFetch(TKey key, long startMs, long endMs, [MaybeNullWhen(false)] out TValue value);

    /// <summary>All sessions of the key, in order of their ends.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key);

    /// <summary>Sessions of the key that end at or after the one time and begin at or before the other, in order of their ends.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FindSessions(TKey key, long earliestEndMs, long latestStartMs);

    /// <summary>All sessions in order of their ends.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All();
}
