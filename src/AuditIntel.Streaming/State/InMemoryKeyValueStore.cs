using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>
/// A dictionary of the task, every change of which goes to the changelog topic in the task's own partition. Keys are compared as .NET
/// values: serdes must be one to one.
/// </summary>
internal sealed class InMemoryKeyValueStore<TKey, TValue>(
    string name, string changelog, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TaskContext? log) : IKeyValueStore<TKey, TValue>, IStateStore
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly ArrayBufferWriter<byte> _keyBytes = new(64);
    private readonly ArrayBufferWriter<byte> _valueBytes = new(256);

    public string Name => name;

    public long Count => _values.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public void Put(TKey key, TValue value)
    {
        _values[key] = value;
        if (log is not null)
        {
            _valueBytes.ResetWrittenCount();
            valueSerde.Serialize(changelog, value, _valueBytes);
            Log(key, isTombstone: false);
        }
    }

    public bool Delete(TKey key)
    {
        bool removed = _values.Remove(key);
        if (removed && log is not null)
        {
            _valueBytes.ResetWrittenCount();
            Log(key, isTombstone: true);
        }

        return removed;
    }

    public IReadOnlyList<KeyValuePair<TKey, TValue>> All() => [.. _values];

    public void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value)
    {
        TKey typed = keySerde.Deserialize(changelog, key);
        if (isTombstone)
        {
            _values.Remove(typed);
        }
        else
        {
            _values[typed] = valueSerde.Deserialize(changelog, value);
        }
    }

    private void Log(TKey key, bool isTombstone)
    {
        _keyBytes.ResetWrittenCount();
        keySerde.Serialize(changelog, key, _keyBytes);
        log!.Collector.Send(
            changelog, log.TaskId.Partition, keyIsNull: false, _keyBytes.WrittenSpan, isTombstone, _valueBytes.WrittenSpan, log.Metadata.TimestampMs, []);
    }
}
