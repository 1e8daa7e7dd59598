using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>
/// Keys, values and timestamps of a task in memory. Keys are compared as .NET values: serdes must be one to one. With caching, changes wait for
/// <see cref="FlushCache"/> and go downstream once a key.
/// </summary>
internal class KeyValueStore<TKey, TValue>(
    string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TaskContext context, bool caching) : IKeyValueStore<TKey, TValue>, ITableView<TKey, TValue>, IStateStore
    where TKey : notnull
{
    private readonly ArrayBufferWriter<byte> _keyBytes = new(64);
    private readonly ArrayBufferWriter<byte> _valueBytes = new(256);
    private readonly CachedChanges<TKey, TValue> _cache = new(context.Cache);
    private INode<TKey, Change<TValue>> _target = NothingNode<TKey, Change<TValue>>.Instance;

    public string Name => name;

    public long Count => Table.Count;

    public long ApproximateCount => Table.Count;

    public bool HasChanges => Table.ChangedCount > 0;

    protected EntryTable<TKey, TValue> Table { get; } = new();

    /// <summary>Names the node that changes go to: at once, or with caching at the flush.</summary>
    public void ForwardTo(INode<TKey, Change<TValue>> target) => _target = target;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => TryGet(key, out value, out _);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs)
    {
        int index = Table.Find(key);
        if (Table.IsPresent(index))
        {
            ref EntryTable<TKey, TValue>.Entry entry = ref Table[index];
            value = entry.Value!;
            timestampMs = entry.TimestampMs;
            return true;
        }

        value = default;
        timestampMs = -1;
        return false;
    }

    public void Put(TKey key, TValue value) => Put(key, value, context.TimestampMs);

    public void Put(TKey key, TValue value, long timestampMs)
    {
        if (value is null)
        {
            Delete(key, timestampMs);
            return;
        }

        int index = Table.FindOrAdd(key);
        bool isNew = !Table.IsPresent(index);
        Table.Set(index, value, timestampMs);
        if (isNew)
        {
            OnAdded(key);
        }
    }

    public bool PutIfAbsent(TKey key, TValue value)
    {
        if (Table.IsPresent(Table.Find(key)))
        {
            return false;
        }

        Put(key, value);
        return true;
    }

    public bool Delete(TKey key) => Delete(key, context.TimestampMs);

    public virtual IReadOnlyList<KeyValuePair<TKey, TValue>> All()
    {
        var pairs = new List<KeyValuePair<TKey, TValue>>(Table.Count);
        ForEach((key, value) => pairs.Add(new KeyValuePair<TKey, TValue>(key, value)));
        return pairs;
    }

    public void ForEach(Action<TKey, TValue> action)
    {
        for (int i = 0; i < Table.Extent; i++)
        {
            if (Table.IsPresent(i))
            {
                ref EntryTable<TKey, TValue>.Entry entry = ref Table[i];
                action(entry.Key, entry.Value!);
            }
        }
    }

    public virtual IReadOnlyList<KeyValuePair<TKey, TValue>> Range(TKey from, TKey to) =>
        throw new NotSupportedException($"Store '{name}' is not ordered: declare it with Stores.OrderedKeyValue to ask for ranges.");

    /// <summary>Index of the key's entry for <see cref="Update"/>, or <see cref="EntryTable{TKey,TValue}.None"/>; valid until the next addition.</summary>
    public int Find(TKey key, out TValue? value, out bool exists, out long timestampMs)
    {
        int index = Table.Find(key);
        exists = Table.IsPresent(index);
        value = exists ? Table[index].Value : default;
        timestampMs = exists ? Table[index].TimestampMs : -1;
        return index;
    }

    /// <summary>Stores what a node has computed from <see cref="Find"/>'s answer, and forwards the change or keeps it for the flush.</summary>
    public void Update(int index, TKey key, in Change<TValue> change, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        if (index == EntryTable<TKey, TValue>.None)
        {
            if (!change.HasNew && !caching)
            {
                _target.Process(new Record<TKey, Change<TValue>>(key, change, timestampMs, headers));
                return;
            }

            index = Table.FindOrAdd(key);
        }

        if (change.HasNew)
        {
            Table.Set(index, change.New!, timestampMs);
            if (!change.HasOld)
            {
                OnAdded(key);
            }
        }
        else
        {
            Table.Remove(index, timestampMs);
            if (change.HasOld)
            {
                OnRemoved(key);
            }
        }

        if (!caching)
        {
            _target.Process(new Record<TKey, Change<TValue>>(key, change, timestampMs, headers));
        }
        else
        {
            _cache.Note(Table, index, in change, headers);
        }
    }

    public void FlushCache()
    {
        if (_cache.Count > 0)
        {
            _cache.Flush(_target, static key => key);
        }
    }

    public void WriteChanges(IChangelog changelog)
    {
        for (int i = 0; i < Table.ChangedCount; i++)
        {
            Write(Table.ChangedAt(i), changelog);
        }

        _cache.Learn(_keyBytes.WrittenCount + _valueBytes.WrittenCount);
        Table.ForgetChanges();
    }

    public void WriteAll(IChangelog changelog)
    {
        for (int i = 0; i < Table.Extent; i++)
        {
            if (Table.IsPresent(i))
            {
                Write(i, changelog);
            }
        }
    }

    public void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        TKey typed = keySerde.Deserialize(topic, key);
        if (isTombstone)
        {
            Table.RestoreTombstone(typed);
            OnRemoved(typed);
        }
        else
        {
            Table.Restore(typed, valueSerde.Deserialize(topic, value), timestampMs);
            OnAdded(typed);
        }

        OnRestored(timestampMs);
    }

    public virtual void Clear()
    {
        Table.Clear();
        _cache.Clear();
    }

    /// <summary>A record of the changelog was applied.</summary>
    protected virtual void OnRestored(long timestampMs)
    {
    }

    /// <summary>A key has come that was not there, or is restored.</summary>
    protected virtual void OnAdded(TKey key)
    {
    }

    /// <summary>A key has gone.</summary>
    protected virtual void OnRemoved(TKey key)
    {
    }

    /// <summary>Removes the key; the tombstone in the changelog has this timestamp.</summary>
    /// <returns>Whether the key was there.</returns>
    public bool Delete(TKey key, long timestampMs)
    {
        int index = Table.Find(key);
        if (!Table.IsPresent(index))
        {
            return false;
        }

        Table.Remove(index, timestampMs);
        OnRemoved(key);
        return true;
    }

    private void Write(int index, IChangelog changelog)
    {
        ref EntryTable<TKey, TValue>.Entry entry = ref Table[index];
        bool isTombstone = (entry.Flags & EntryFlags.Present) == 0;
        _keyBytes.ResetWrittenCount();
        _valueBytes.ResetWrittenCount();
        keySerde.Serialize(topic, entry.Key, _keyBytes);
        if (!isTombstone)
        {
            valueSerde.Serialize(topic, entry.Value!, _valueBytes);
        }

        changelog.Write(_keyBytes.WrittenSpan, isTombstone, _valueBytes.WrittenSpan, entry.TimestampMs);
    }
}
