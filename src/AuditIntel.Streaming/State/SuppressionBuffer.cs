using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>The changes that a suppression holds back, by key, and in the order in which they are given: by time, then by the key's bytes.</summary>
internal sealed class SuppressionBuffer<TKey, TValue>(string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TaskContext context)
    : KeyValueStore<TKey, BufferedChange<TValue>>(name, topic, keySerde, new BufferedChangeSerde<TValue>(valueSerde), context, caching: false)
    where TKey : notnull
{
    private readonly string _topic = topic;
    private readonly ISerde<TKey> _serde = keySerde;
    private readonly Dictionary<TKey, Place> _places = new(KeyComparison.For<TKey>());
    private readonly SortedSet<Place> _order = new(Comparer<Place>.Create(Compare));

    /// <summary>Highest timestamp that the suppression has seen. After a restart it is what the changelog still tells: tombstones carry it.</summary>
    public long StreamTimeMs { get; private set; } = -1;

    /// <summary>Advances stream time.</summary>
    /// <returns>Stream time.</returns>
    public long Observe(long timestampMs) => StreamTimeMs = Math.Max(StreamTimeMs, timestampMs);

    /// <summary>The change that is to be given next.</summary>
    public bool TryFirst([MaybeNullWhen(false)] out TKey key, out long timeMs)
    {
        if (_order.Count == 0)
        {
            key = default;
            timeMs = 0;
            return false;
        }

        Place first = _order.Min;
        key = first.Key;
        timeMs = first.TimeMs;
        return true;
    }

    public override void Clear()
    {
        base.Clear();
        _places.Clear();
        _order.Clear();
        StreamTimeMs = -1;
    }

    protected override void OnRestored(long timestampMs) => Observe(timestampMs);

    protected override void OnAdded(TKey key)
    {
        OnRemoved(key);
        if (TryGet(key, out BufferedChange<TValue> change))
        {
            var bytes = new ArrayBufferWriter<byte>(32);
            _serde.Serialize(_topic, key, bytes);
            var place = new Place(change.TimeMs, bytes.WrittenSpan.ToArray(), key);
            _places.Add(key, place);
            _order.Add(place);
        }
    }

    protected override void OnRemoved(TKey key)
    {
        if (_places.Remove(key, out Place place))
        {
            _order.Remove(place);
        }
    }

    private static int Compare(Place a, Place b)
    {
        int byTime = a.TimeMs.CompareTo(b.TimeMs);
        return byTime != 0 ? byTime : a.Bytes.AsSpan().SequenceCompareTo(b.Bytes);
    }

    private readonly record struct Place(long TimeMs, byte[] Bytes, TKey Key);
}
