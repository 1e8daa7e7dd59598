using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>Keys and values that one thread writes and any may read. Its topic is its changelog: it has no changes of its own.</summary>
internal sealed class GlobalKeyValueStore<TKey, TValue>(string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde)
    : IReadOnlyKeyValueStore<TKey, TValue>, IStateStore
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, long TimestampMs)> _values = new(KeyComparison.For<TKey>());

    public string Name => name;

    public long Count => _values.Count;

    public long ApproximateCount => _values.Count;

    public bool HasChanges => false;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => TryGet(key, out value, out _);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs)
    {
        bool found = _values.TryGetValue(key, out (TValue Value, long TimestampMs) entry);
        (value, timestampMs) = found ? entry : (default, -1);
        return found;
    }

    public IReadOnlyList<KeyValuePair<TKey, TValue>> All() => [.. _values.Select(pair => new KeyValuePair<TKey, TValue>(pair.Key, pair.Value.Value))];

    public IReadOnlyList<KeyValuePair<TKey, TValue>> Range(TKey from, TKey to) => throw new NotSupportedException($"Store '{name}' is not ordered.");

    public void FlushCache()
    {
    }

    public void WriteChanges(IChangelog changelog)
    {
    }

    public void WriteAll(IChangelog changelog)
    {
    }

    public void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        TKey typed = keySerde.Deserialize(topic, key);
        if (isTombstone)
        {
            _values.TryRemove(typed, out _);
        }
        else
        {
            _values[typed] = (valueSerde.Deserialize(topic, value), timestampMs);
        }
    }

    public void Clear() => _values.Clear();
}
