using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.State;

/// <summary>
/// A chained hash table that knows which of its entries have changed: a changed entry carries a flag and stands in a list, so that a put on a hot key
/// is one look-up and one store. A removed entry stays as a pending tombstone until its change was written.
/// </summary>
[SuppressMessage("Performance", "CA1815", Justification = "Entries are reached by reference and never compared.")]
internal sealed class EntryTable<TKey, TValue>
    where TKey : notnull
{
    public const int None = -1;

    private const int SmallestSize = 16;

    private readonly IEqualityComparer<TKey>? _comparer = KeyComparison.For<TKey>();
    private int[] _buckets = NewBuckets(SmallestSize);
    private Entry[] _entries = new Entry[SmallestSize];
    private int[] _changed = new int[SmallestSize];
    private int _used;
    private int _free = None;
    private int _shift = 32 - 4;

    /// <summary>Keys that are there.</summary>
    public int Count { get; private set; }

    /// <summary>Entries whose change was not written yet.</summary>
    public int ChangedCount { get; private set; }

    /// <summary>Upper bound of entry indexes; not every index below is in use.</summary>
    public int Extent => _used;

    /// <summary>The entry at an index that <see cref="Find"/> or <see cref="FindOrAdd"/> gave; valid until the next addition.</summary>
    public ref Entry this[int index] => ref _entries[index];

    /// <summary>Index of the key's entry, which may be a pending tombstone, or <see cref="None"/>.</summary>
    public int Find(TKey key)
    {
        uint hash = HashOf(key);
        return FindIn(key, hash);
    }

    /// <summary>Index of the key's entry; a new one is not present until <see cref="Set"/>.</summary>
    public int FindOrAdd(TKey key)
    {
        uint hash = HashOf(key);
        int index = FindIn(key, hash);
        return index == None ? Add(key, hash) : index;
    }

    /// <summary>Whether the index is an entry with a value.</summary>
    public bool IsPresent(int index) => index != None && (_entries[index].Flags & EntryFlags.Present) != 0;

    /// <summary>Stores value and timestamp and notes the change.</summary>
    public void Set(int index, TValue value, long timestampMs)
    {
        Mark(ref Store(index, value, timestampMs), index);
    }

    /// <summary>Makes the entry a pending tombstone.</summary>
    public void Remove(int index, long timestampMs)
    {
        ref Entry entry = ref _entries[index];
        entry.Value = default;
        entry.TimestampMs = timestampMs;
        if ((entry.Flags & EntryFlags.Present) != 0)
        {
            entry.Flags &= ~EntryFlags.Present;
            Count--;
        }

        Mark(ref entry, index);
    }

    /// <summary>Stores without noting a change.</summary>
    public void Restore(TKey key, TValue value, long timestampMs) => Store(FindOrAdd(key), value, timestampMs);

    /// <summary>Removes without noting a change.</summary>
    public void RestoreTombstone(TKey key)
    {
        int index = Find(key);
        if (IsPresent(index))
        {
            Count--;
            Free(index);
        }
    }

    /// <summary>Index of the n-th changed entry, in the order of their first changes.</summary>
    public int ChangedAt(int position) => _changed[position];

    /// <summary>Forgets the change set; pending tombstones vanish.</summary>
    public void ForgetChanges()
    {
        for (int i = 0; i < ChangedCount; i++)
        {
            int index = _changed[i];
            ref Entry entry = ref _entries[index];
            entry.Flags &= ~EntryFlags.Changed;
            if ((entry.Flags & EntryFlags.Present) == 0)
            {
                Free(index);
            }
        }

        ChangedCount = 0;
    }

    public void Clear()
    {
        _buckets = NewBuckets(SmallestSize);
        _entries = new Entry[SmallestSize];
        _changed = new int[SmallestSize];
        _shift = 32 - 4;
        _used = 0;
        _free = None;
        Count = 0;
        ChangedCount = 0;
    }

    private ref Entry Store(int index, TValue value, long timestampMs)
    {
        ref Entry entry = ref _entries[index];
        entry.Value = value;
        entry.TimestampMs = timestampMs;
        if ((entry.Flags & EntryFlags.Present) == 0)
        {
            entry.Flags |= EntryFlags.Present;
            Count++;
        }

        return ref entry;
    }

    private static int[] NewBuckets(int size)
    {
        int[] buckets = new int[size];
        Array.Fill(buckets, None);
        return buckets;
    }

    // Fibonacci hashing: consecutive numbers, whose hash codes are themselves, spread over all buckets.
    private uint HashOf(TKey key) => (uint)(typeof(TKey).IsValueType && _comparer is null ? key.GetHashCode() : _comparer!.GetHashCode(key)) * 2654435769;

    private int FindIn(TKey key, uint hash)
    {
        Entry[] entries = _entries;
        int index = _buckets[hash >> _shift];
        if (typeof(TKey).IsValueType && _comparer is null)
        {
            while (index != None)
            {
                ref Entry entry = ref entries[index];
                if (entry.Hash == hash && EqualityComparer<TKey>.Default.Equals(entry.Key, key))
                {
                    return index;
                }

                index = entry.Next;
            }

            return None;
        }

        while (index != None)
        {
            ref Entry entry = ref entries[index];
            if (entry.Hash == hash && _comparer!.Equals(entry.Key, key))
            {
                return index;
            }

            index = entry.Next;
        }

        return None;
    }

    private int Add(TKey key, uint hash)
    {
        int index;
        if (_free != None)
        {
            index = _free;
            _free = _entries[index].Next;
        }
        else
        {
            if (_used == _entries.Length)
            {
                Grow();
            }

            index = _used++;
        }

        ref int bucket = ref _buckets[hash >> _shift];
        ref Entry entry = ref _entries[index];
        entry.Hash = hash;
        entry.Key = key;
        entry.Value = default;
        entry.TimestampMs = 0;
        entry.Flags = EntryFlags.InUse;
        entry.Next = bucket;
        bucket = index;
        return index;
    }

    private void Grow()
    {
        int size = _entries.Length * 2;
        Array.Resize(ref _entries, size);
        _buckets = NewBuckets(size);
        _shift--;
        for (int i = 0; i < _used; i++)
        {
            ref Entry entry = ref _entries[i];
            if ((entry.Flags & EntryFlags.InUse) != 0)
            {
                ref int bucket = ref _buckets[entry.Hash >> _shift];
                entry.Next = bucket;
                bucket = i;
            }
        }
    }

    private void Free(int index)
    {
        ref Entry entry = ref _entries[index];
        ref int link = ref _buckets[entry.Hash >> _shift];
        while (link != index)
        {
            link = ref _entries[link].Next;
        }

        link = entry.Next;
        entry = default;
        entry.Next = _free;
        _free = index;
    }

    private void Mark(ref Entry entry, int index)
    {
        if ((entry.Flags & EntryFlags.Changed) != 0)
        {
            return;
        }

        entry.Flags |= EntryFlags.Changed;
        if (ChangedCount == _changed.Length)
        {
            Array.Resize(ref _changed, _changed.Length * 2);
        }

        _changed[ChangedCount++] = index;
    }

    internal struct Entry
    {
        public uint Hash;
        public int Next;
        public EntryFlags Flags;

        /// <summary>Place in the list of cached changes, while the flag says so.</summary>
        public int CachePosition;
        public TKey Key;
        public TValue? Value;
        public long TimestampMs;
    }
}
