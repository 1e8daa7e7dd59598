using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>
/// Entries by key and time, in segments of time; segments past retention are dropped as a whole, at commit, so that cached changes of an old window still
/// go downstream. Look-ups never show what is past retention, whether dropped yet or not.
/// </summary>
internal abstract class SegmentedStore<TKey, TValue> : IStateStore
    where TKey : notnull
{
    private readonly string _topic;
    private readonly ISerde<TKey> _keySerde;
    private readonly ISerde<TValue> _valueSerde;
    private readonly bool _caching;
    private readonly CachedChanges<WindowKey<TKey>, TValue> _cache;
    private readonly SortedList<long, WindowSegment<TKey, TValue>> _segments = [];
    private readonly ArrayBufferWriter<byte> _keyBytes = new(64);
    private readonly ArrayBufferWriter<byte> _valueBytes = new(256);
    private readonly Func<WindowKey<TKey>, Windowed<TKey>> _window;
    private INode<Windowed<TKey>, Change<TValue>> _target = NothingNode<Windowed<TKey>, Change<TValue>>.Instance;
    private long _lastId = -1;
    private WindowSegment<TKey, TValue>? _last;

    protected SegmentedStore(
        string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, SegmentLayout layout, TaskContext context, bool caching)
    {
        Name = name;
        _topic = topic;
        _keySerde = keySerde;
        _valueSerde = valueSerde;
        Layout = layout;
        _caching = caching;
        _cache = new CachedChanges<WindowKey<TKey>, TValue>(context.Cache);
        _window = WindowOf;
        Context = context;
    }

    public string Name { get; }

    public long ApproximateCount
    {
        get
        {
            long count = 0;
            foreach (WindowSegment<TKey, TValue> segment in _segments.Values)
            {
                count += segment.Table.Count;
            }

            return count;
        }
    }

    public bool HasChanges
    {
        get
        {
            foreach (WindowSegment<TKey, TValue> segment in _segments.Values)
            {
                if (segment.Table.ChangedCount > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Highest timestamp of a record that the store's node has seen, before a restart too; -1 for none.</summary>
    public long StreamTimeMs { get; private set; } = -1;

    protected TaskContext Context { get; }

    protected SegmentLayout Layout { get; }

    /// <summary>Highest time of an entry.</summary>
    protected long ObservedMs { get; private set; } = -1;

    /// <summary>Earliest time that is within retention.</summary>
    protected long EarliestMs => ObservedMs - Layout.RetentionMs + 1;

    /// <summary>Advances stream time.</summary>
    /// <returns>Stream time.</returns>
    public long Observe(long timestampMs) => StreamTimeMs = Math.Max(StreamTimeMs, timestampMs);

    /// <summary>Names the node that changes go to: at once, or with caching at the flush.</summary>
    public void ForwardTo(INode<Windowed<TKey>, Change<TValue>> target) => _target = target;

    public void FlushCache()
    {
        if (_cache.Count > 0)
        {
            _cache.Flush(_target, _window);
        }
    }

    public void WriteChanges(IChangelog changelog)
    {
        foreach (WindowSegment<TKey, TValue> segment in _segments.Values)
        {
            for (int i = 0; i < segment.Table.ChangedCount; i++)
            {
                Write(segment.Table, segment.Table.ChangedAt(i), changelog);
            }
        }

        foreach (WindowSegment<TKey, TValue> segment in _segments.Values)
        {
            segment.Table.ForgetChanges();
        }

        _cache.Learn(_keyBytes.WrittenCount + _valueBytes.WrittenCount);
        Expire();
    }

    public void WriteAll(IChangelog changelog)
    {
        foreach (WindowSegment<TKey, TValue> segment in _segments.Values)
        {
            for (int i = 0; i < segment.Table.Extent; i++)
            {
                if (segment.Table.IsPresent(i))
                {
                    Write(segment.Table, i, changelog);
                }
            }
        }
    }

    public void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        WindowKey<TKey> typed = ReadKey(key);
        ObservedMs = Math.Max(ObservedMs, typed.TimeMs);
        StreamTimeMs = Math.Max(StreamTimeMs, timestampMs);
        OnRestored(in typed);
        WindowSegment<TKey, TValue>? segment = SegmentOf(typed.TimeMs, create: !isTombstone && typed.TimeMs >= EarliestMs);
        if (segment is null)
        {
            return;
        }

        if (isTombstone)
        {
            segment.Table.RestoreTombstone(typed);
            segment.Removed(in typed);
        }
        else
        {
            segment.Table.Restore(typed, _valueSerde.Deserialize(_topic, value), timestampMs);
            segment.Added(in typed);
        }
    }

    public void Clear()
    {
        _segments.Clear();
        _cache.Clear();
        _last = null;
        _lastId = -1;
        ObservedMs = -1;
        StreamTimeMs = -1;
    }

    /// <summary>The value of an entry that is there and within retention.</summary>
    protected bool TryFind(in WindowKey<TKey> key, out TValue? value, out long timestampMs)
    {
        if (key.TimeMs >= EarliestMs && SegmentOf(key.TimeMs, create: false) is { } segment)
        {
            int index = segment.Table.Find(key);
            if (segment.Table.IsPresent(index))
            {
                value = segment.Table[index].Value;
                timestampMs = segment.Table[index].TimestampMs;
                return true;
            }
        }

        value = default;
        timestampMs = -1;
        return false;
    }

    /// <summary>Stores or removes, and forwards the change or keeps it for the flush. What is past retention already is only forwarded.</summary>
    protected void Change(in WindowKey<TKey> key, in Change<TValue> change, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        ObservedMs = Math.Max(ObservedMs, key.TimeMs);
        if (key.TimeMs >= EarliestMs)
        {
            WindowSegment<TKey, TValue> segment = SegmentOf(key.TimeMs, create: true)!;
            int index = segment.Table.FindOrAdd(key);
            if (change.HasNew)
            {
                segment.Table.Set(index, change.New!, timestampMs);
                if (!change.HasOld)
                {
                    segment.Added(in key);
                }
            }
            else
            {
                segment.Table.Remove(index, timestampMs);
                segment.Removed(in key);
            }

            if (_caching)
            {
                _cache.Note(segment.Table, index, in change, headers);
                return;
            }
        }

        _target.Process(new Record<Windowed<TKey>, Change<TValue>>(WindowOf(key), change, timestampMs, headers));
    }

    /// <summary>Place of the first segment that may hold entries at the time or later.</summary>
    protected int FirstSegment(long fromMs) => FirstAt(Layout.IdOf(Math.Max(0, fromMs)));

    /// <summary>The segment at the place, if it may hold entries at the time or earlier: to walk segments in order without garbage.</summary>
    protected bool TrySegment(int place, long toMs, [MaybeNullWhen(false)] out WindowSegment<TKey, TValue> segment)
    {
        bool exists = place < _segments.Count && _segments.GetKeyAtIndex(place) <= Layout.IdOf(Math.Max(0, toMs));
        segment = exists ? _segments.GetValueAtIndex(place) : null;
        return exists;
    }

    protected abstract Windowed<TKey> WindowOf(WindowKey<TKey> key);

    /// <summary>Entries of all keys whose time lies between the two, both included, segment by segment in order, in no order within one.</summary>
    protected List<KeyValuePair<Windowed<TKey>, TValue>> Between(long fromMs, long toMs)
    {
        var found = new List<KeyValuePair<Windowed<TKey>, TValue>>();
        long earliest = Math.Max(fromMs, EarliestMs);
        long latest = Math.Min(toMs, ObservedMs);
        if (earliest > latest)
        {
            return found;
        }

        for (int place = FirstSegment(earliest); TrySegment(place, latest, out WindowSegment<TKey, TValue>? segment); place++)
        {
            for (int i = 0; i < segment.Table.Extent; i++)
            {
                if (segment.Table.IsPresent(i) && segment.Table[i].Key.TimeMs >= earliest && segment.Table[i].Key.TimeMs <= latest)
                {
                    found.Add(new KeyValuePair<Windowed<TKey>, TValue>(WindowOf(segment.Table[i].Key), segment.Table[i].Value!));
                }
            }
        }

        return found;
    }


    /// <summary>Number of bytes behind the user's key.</summary>
    protected abstract int SuffixLength { get; }

    protected abstract void WriteSuffix(in WindowKey<TKey> key, Span<byte> suffix);

    protected abstract WindowKey<TKey> ReadSuffix(TKey key, ReadOnlySpan<byte> suffix);

    protected virtual void OnRestored(in WindowKey<TKey> key)
    {
    }

    /// <summary>The user's key as bytes: the order in which closed windows are given.</summary>
    public byte[] BytesOf(TKey key)
    {
        _keyBytes.ResetWrittenCount();
        _keySerde.Serialize(_topic, key, _keyBytes);
        return _keyBytes.WrittenSpan.ToArray();
    }

    private int FirstAt(long id)
    {
        int low = 0;
        int high = _segments.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_segments.GetKeyAtIndex(middle) < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private WindowSegment<TKey, TValue>? SegmentOf(long timeMs, bool create)
    {
        long id = Layout.IdOf(timeMs);
        if (id == _lastId)
        {
            return _last;
        }

        if (!_segments.TryGetValue(id, out WindowSegment<TKey, TValue>? segment))
        {
            if (!create)
            {
                return null;
            }

            segment = new WindowSegment<TKey, TValue>(Layout.IsIndexed);
            _segments.Add(id, segment);
        }

        _lastId = id;
        _last = segment;
        return segment;
    }

    private void Expire()
    {
        while (_segments.Count > 0 && Layout.EndOf(_segments.Keys[0]) < EarliestMs)
        {
            if (_segments.Keys[0] == _lastId)
            {
                _lastId = -1;
                _last = null;
            }

            _segments.RemoveAt(0);
        }
    }

    private void Write(EntryTable<WindowKey<TKey>, TValue> table, int index, IChangelog changelog)
    {
        ref EntryTable<WindowKey<TKey>, TValue>.Entry entry = ref table[index];
        bool isTombstone = (entry.Flags & EntryFlags.Present) == 0;
        _keyBytes.ResetWrittenCount();
        _valueBytes.ResetWrittenCount();
        _keySerde.Serialize(_topic, entry.Key.Key, _keyBytes);
        WriteSuffix(in entry.Key, _keyBytes.GetSpan(SuffixLength));
        _keyBytes.Advance(SuffixLength);
        if (!isTombstone)
        {
            _valueSerde.Serialize(_topic, entry.Value!, _valueBytes);
        }

        changelog.Write(_keyBytes.WrittenSpan, isTombstone, _valueBytes.WrittenSpan, entry.TimestampMs);
    }

    private WindowKey<TKey> ReadKey(ReadOnlySpan<byte> bytes) => bytes.Length >= SuffixLength
        ? ReadSuffix(_keySerde.Deserialize(_topic, bytes[..^SuffixLength]), bytes[^SuffixLength..])
        : throw new StreamsException($"A key of {bytes.Length} bytes in '{_topic}' is too short for the store '{Name}': was the topic written by another kind of store?");

    protected static long ReadInt64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);

    protected static void WriteInt64(Span<byte> bytes, long value) => BinaryPrimitives.WriteInt64BigEndian(bytes, value);
}
