using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.State;

/// <summary>Which entries of a store changed since its cache was flushed, each with the value it had before, in the order of their first changes.</summary>
internal sealed class CachedChanges<TKey, TValue>(CacheBudget budget)
    where TKey : notnull
{
    /// <summary>Bytes beside key and value: entry, list item, object heads.</summary>
    private const int Overhead = 96;

    private readonly List<Waiting> _waiting = [];
    private long _charged;
    private int _usualBytes = 64;

    public int Count => _waiting.Count;

    public Waiting this[int position] => _waiting[position];

    /// <summary>Remembers the first change of an entry, and the newest headers.</summary>
    public void Note(EntryTable<TKey, TValue> table, int index, in Change<TValue> change, IReadOnlyList<RecordHeader> headers)
    {
        ref EntryTable<TKey, TValue>.Entry entry = ref table[index];
        if ((entry.Flags & EntryFlags.Cached) != 0)
        {
            if (!ReferenceEquals(_waiting[entry.CachePosition].Headers, headers))
            {
                _waiting[entry.CachePosition] = _waiting[entry.CachePosition] with { Headers = headers };
            }

            return;
        }

        entry.Flags |= EntryFlags.Cached;
        entry.CachePosition = _waiting.Count;
        _waiting.Add(new Waiting(table, index, change.Old, change.HasOld, headers));
        _charged += Overhead + _usualBytes;
        budget.UsedBytes += Overhead + _usualBytes;
    }

    /// <summary>What entries of this store weigh in bytes: the size of one that was just written stands for all.</summary>
    public void Learn(int bytes) => _usualBytes = bytes == 0 ? _usualBytes : bytes;

    /// <summary>Gives every change to the node, then forgets them.</summary>
    public void Flush<TNodeKey>(INode<TNodeKey, Change<TValue>> target, Func<TKey, TNodeKey> key)
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            Waiting item = _waiting[i];
            ref EntryTable<TKey, TValue>.Entry entry = ref item.Table[item.Index];
            entry.Flags &= ~EntryFlags.Cached;
            var change = Change<TValue>.Of(entry.Value, (entry.Flags & EntryFlags.Present) != 0, item.Old, item.HasOld);
            target.Process(new Record<TNodeKey, Change<TValue>>(key(entry.Key), change, entry.TimestampMs, item.Headers));
        }

        Clear();
    }

    public void Clear()
    {
        _waiting.Clear();
        budget.UsedBytes -= _charged;
        _charged = 0;
    }

    internal readonly record struct Waiting(
        EntryTable<TKey, TValue> Table, int Index, TValue? Old, bool HasOld, IReadOnlyList<RecordHeader> Headers);
}
