using System.Diagnostics.CodeAnalysis;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>Sessions by key, end and start. Changelog keys are those of Kafka Streams' SessionKeySchema: key, end, start (8 bytes each, big end first).</summary>
internal sealed class SessionStore<TKey, TValue>(
    string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, SegmentLayout layout, TaskContext context, bool caching)
    : SegmentedStore<TKey, TValue>(name, topic, keySerde, valueSerde, layout, context, caching), ISessionStore<TKey, TValue>
    where TKey : notnull
{
    protected override int SuffixLength => 2 * sizeof(long);

    public bool TryFetch(TKey key, long startMs, long endMs, [MaybeNullWhen(false)] out TValue value) =>
        TryFind(new WindowKey<TKey>(key, endMs, startMs), out value, out _);

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> Fetch(TKey key) => FindSessions(key, 0, long.MaxValue);

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> FindSessions(TKey key, long earliestEndMs, long latestStartMs)
    {
        var found = new List<KeyValuePair<Windowed<TKey>, TValue>>();
        Collect(key, earliestEndMs, latestStartMs, found);
        return found;
    }

    /// <summary>Adds the sessions of <see cref="FindSessions"/>.</summary>
    public void Collect(TKey key, long earliestEndMs, long latestStartMs, List<KeyValuePair<Windowed<TKey>, TValue>> found)
    {
        long earliest = Math.Max(earliestEndMs, EarliestMs);
        if (earliest > ObservedMs)
        {
            return;
        }

        for (int place = FirstSegment(earliest); TrySegment(place, ObservedMs, out WindowSegment<TKey, TValue>? segment); place++)
        {
            IReadOnlyList<(long TimeMs, long Extra)> places = segment.Places(key);
            for (int i = 0; i < places.Count; i++)
            {
                (long end, long start) = places[i];
                if (end >= earliest && start <= latestStartMs && TryFind(new WindowKey<TKey>(key, end, start), out TValue? value, out _))
                {
                    found.Add(new KeyValuePair<Windowed<TKey>, TValue>(new Windowed<TKey>(key, start, end), value!));
                }
            }
        }
    }

    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> All() =>
        [.. EndingBetween(0, long.MaxValue).OrderBy(pair => pair.Key.EndMs).ThenBy(pair => pair.Key.StartMs)];

    /// <summary>Sessions of all keys that end between the two times, both included, in no order within a segment.</summary>
    public IReadOnlyList<KeyValuePair<Windowed<TKey>, TValue>> EndingBetween(long fromMs, long toMs) => Between(fromMs, toMs);

    public void Put(Windowed<TKey> session, TValue? value)
    {
        bool existed = TryFetch(session.Key, session.StartMs, session.EndMs, out TValue? old);
        if (value is not null || existed)
        {
            Update(session, Change<TValue>.Of(value, value is not null, old, existed), []);
        }
    }

    public void Remove(Windowed<TKey> session)
    {
        if (TryFetch(session.Key, session.StartMs, session.EndMs, out TValue? old))
        {
            Update(session, Change<TValue>.Deletion(old, hasOld: true), []);
        }
    }

    /// <summary>Stores what a node has computed for a session; its timestamp is the session's end.</summary>
    public void Update(Windowed<TKey> session, in Change<TValue> change, IReadOnlyList<RecordHeader> headers) =>
        Change(new WindowKey<TKey>(session.Key, session.EndMs, session.StartMs), in change, session.EndMs, headers);

    protected override Windowed<TKey> WindowOf(WindowKey<TKey> key) => new(key.Key, key.Extra, key.TimeMs);

    protected override void WriteSuffix(in WindowKey<TKey> key, Span<byte> suffix)
    {
        WriteInt64(suffix, key.TimeMs);
        WriteInt64(suffix[sizeof(long)..], key.Extra);
    }

    protected override WindowKey<TKey> ReadSuffix(TKey key, ReadOnlySpan<byte> suffix) => new(key, ReadInt64(suffix), ReadInt64(suffix[sizeof(long)..]));
}
