using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>Windows by key and start. Changelog keys are those of Kafka Streams' WindowKeySchema: key, start (8 bytes), number (4 bytes), big end first.</summary>
internal sealed class WindowStore<TKey, TValue>(
    string name,
    string topic,
    ISerde<TKey> keySerde,
    ISerde<TValue> valueSerde,
    SegmentLayout layout,
    long windowSizeMs,
    bool retainDuplicates,
    TaskContext context,
    bool caching)
    : SegmentedStore<TKey, TValue>(name, topic, keySerde, valueSerde, layout, context, caching), IWindowStore<TKey, TValue>
    where TKey : notnull
{
    private int _number;

    protected override int SuffixLength => sizeof(long) + sizeof(int);

    public bool TryFetch(TKey key, long startMs, [MaybeNullWhen(false)] out TValue value) => TryFetch(key, startMs, out value, out _);

    public bool TryFetch(TKey key, long startMs, [MaybeNullWhen(false)] out TValue value, out long timestampMs) =>
        TryFind(new WindowKey<TKey>(key, startMs, 0), out value, out timestampMs);

    public void Put(TKey key, TValue? value, long startMs)
    {
        bool existed = TryFetch(key, startMs, out TValue? old);
        if (value is not null || existed)
        {
            Update(key, startMs, Change<TValue>.Of(value, value is not null, old, existed), Context.TimestampMs, []);
        }
    }

    /// <summary>Stores what a node has computed for a window.</summary>
    public void Update(TKey key, long startMs, in Change<TValue> change, long timestampMs, IReadOnlyList<RecordHeader> headers) =>
        Change(new WindowKey<TKey>(key, startMs, 0), in change, timestampMs, headers);

    /// <summary>Adds a record of a stream beside others of its key and time.</summary>
    /// <returns>Its number.</returns>
    public int Append(TKey key, TValue value, long timeMs)
    {
        Change(new WindowKey<TKey>(key, timeMs, _number), new Change<TValue>(value, default, hasOld: false), timeMs, []);
        return _number++;
    }

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key, long fromMs, long toMs)
    {
        var found = new List<KeyValuePair<Windowed<TKey>, TValue>>();
        var entries = new List<WindowEntry<TValue>>();
        Collect(key, fromMs, toMs, entries);
        foreach (WindowEntry<TValue> entry in entries)
        {
            found.Add(new KeyValuePair<Windowed<TKey>, TValue>(WindowOf(new WindowKey<TKey>(key, entry.TimeMs, 0)), entry.Value));
        }

        return found;
    }

    /// <summary>Adds the key's entries between the two times, both included, in order.</summary>
    public void Collect(TKey key, long fromMs, long toMs, List<WindowEntry<TValue>> found)
    {
        long earliest = Math.Max(fromMs, EarliestMs);
        long latest = Math.Min(toMs, ObservedMs);
        if (earliest > latest)
        {
            return;
        }

        for (int place = FirstSegment(earliest); TrySegment(place, latest, out WindowSegment<TKey, TValue>? segment); place++)
        {
            if (Layout.IsIndexed)
            {
                IReadOnlyList<(long TimeMs, long Extra)> places = segment.Places(key);
                for (int i = 0; i < places.Count; i++)
                {
                    if (places[i].TimeMs >= earliest && places[i].TimeMs <= latest)
                    {
                        Add(segment, new WindowKey<TKey>(key, places[i].TimeMs, places[i].Extra), found);
                    }
                }
            }
            else if (StartOf(segment) is { } start && start >= earliest && start <= latest)
            {
                Add(segment, new WindowKey<TKey>(key, start, 0), found);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Segments are in order already; within one, entries stand as they came. A stable sort keeps that.</remarks>
    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FetchAll(long fromMs, long toMs) =>
        [.. Between(fromMs, toMs).OrderBy(pair => pair.Key.StartMs)];

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All() => FetchAll(0, long.MaxValue);

    protected override Windowed<TKey> WindowOf(WindowKey<TKey> key) => new(key.Key, key.TimeMs, key.TimeMs + windowSizeMs);

    protected override void WriteSuffix(in WindowKey<TKey> key, Span<byte> suffix)
    {
        WriteInt64(suffix, key.TimeMs);
        BinaryPrimitives.WriteInt32BigEndian(suffix[sizeof(long)..], (int)key.Extra);
    }

    protected override WindowKey<TKey> ReadSuffix(TKey key, ReadOnlySpan<byte> suffix) =>
        new(key, ReadInt64(suffix), BinaryPrimitives.ReadInt32BigEndian(suffix[sizeof(long)..]));

    /// <summary>Numbers go on behind those of before the restart, so that nothing is overwritten.</summary>
    protected override void OnRestored(in WindowKey<TKey> key)
    {
        if (retainDuplicates)
        {
            _number = Math.Max(_number, (int)key.Extra + 1);
        }
    }

    private static long? StartOf(WindowSegment<TKey, TValue> segment)
    {
        for (int i = 0; i < segment.Table.Extent; i++)
        {
            if ((segment.Table[i].Flags & EntryFlags.InUse) != 0)
            {
                return segment.Table[i].Key.TimeMs;
            }
        }

        return null;
    }

    private static void Add(WindowSegment<TKey, TValue> segment, in WindowKey<TKey> key, List<WindowEntry<TValue>> found)
    {
        int index = segment.Table.Find(key);
        if (segment.Table.IsPresent(index))
        {
            found.Add(new WindowEntry<TValue>(key.TimeMs, key.Extra, segment.Table[index].Value!, segment.Table[index].TimestampMs));
        }
    }
}
