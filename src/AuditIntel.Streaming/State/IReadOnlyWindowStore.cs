using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>A store of keys and windows, to look at. What is past its retention is not shown.</summary>
public interface IReadOnlyWindowStore<TKey, TValue>
    where TKey : notnull
{
    string Name { get; }

    /// <summary>The value of the window that begins at the time.</summary>
    bool TryFetch(TKey key, long startMs, [MaybeNullWhen(false)] out TValue value);

    /// <summary>Windows of the key that begin between the two times, both included, in order.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key, long fromMs, long toMs);

    /// <summary>Windows of all keys that begin between the two times, both included, in order of their starts.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FetchAll(long fromMs, long toMs);

    /// <summary>All windows in order of their starts.</summary>
    IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All();
}
