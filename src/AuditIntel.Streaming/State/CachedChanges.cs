using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.State;

/// <summary>Which entries of a store changed since its cache was flushed, each with the value it had before, in the order of their first changes.</summary>
internal sealed class CachedChanges<TValue>(CacheBudget budget)
{
    /// <summary>Bytes beside key and value: entry, list item, object heads.</summary>
    private const int Overhead = 96;

    private readonly List<Waiting> _items = [];
    private long _charged;
    private int _usualBytes = 64;

    public int Count => _items.Count;

    public Waiting this[int position] => _items[position];

    /// <summary>Remembers the first change of an entry, and the newest headers.</summary>
    public void Note(ref EntryFlags flags, ref int position, int index, in Change<TValue> change, IReadOnlyList<RecordHeader> headers)
    {
        if ((flags & EntryFlags.Cached) != 0)
        {
            if (!ReferenceEquals(_items[position].Headers, headers))
            {
                _items[position] = _items[position] with { Headers = headers };
            }

            return;
        }

        flags |= EntryFlags.Cached;
        position = _items.Count;
        _items.Add(new Waiting(index, change.Old, change.HasOld, headers));
        _charged += Overhead + _usualBytes;
        budget.UsedBytes += Overhead + _usualBytes;
    }

    /// <summary>What entries of this store weigh in bytes: the size of one that was just written stands for all.</summary>
    public void Learn(int bytes) => _usualBytes = bytes == 0 ? _usualBytes : bytes;

    public void Clear()
    {
        _items.Clear();
        budget.UsedBytes -= _charged;
        _charged = 0;
    }

    internal readonly record struct Waiting(int Index, TValue? Old, bool HasOld, IReadOnlyList<RecordHeader> Headers);
}
