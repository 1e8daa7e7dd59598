using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A key-value store that also knows the order of its keys.</summary>
internal sealed class OrderedKeyValueStore<TKey, TValue>(
    string name, string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TaskContext context, IComparer<TKey>? order)
    : KeyValueStore<TKey, TValue>(name, topic, keySerde, valueSerde, context, caching: false)
    where TKey : notnull
{
    private readonly SortedSet<TKey> _keys = new(order ?? DefaultOrder());

    public override IReadOnlyList<KeyValuePair<TKey, TValue>> All() => Pairs(_keys);

    public override IReadOnlyList<KeyValuePair<TKey, TValue>> Range(TKey from, TKey to) =>
        _keys.Comparer.Compare(from, to) > 0 ? [] : Pairs(_keys.GetViewBetween(from, to));

    /// <summary>The keys in order; it must not change while they are walked.</summary>
    public SortedSet<TKey> Keys => _keys;

    public override void Clear()
    {
        base.Clear();
        _keys.Clear();
    }

    protected override void OnAdded(TKey key) => _keys.Add(key);

    protected override void OnRemoved(TKey key) => _keys.Remove(key);

    // Text is ordered as its UTF-8 bytes are but for surrogates: never by the culture of the machine.
    private static IComparer<TKey> DefaultOrder() =>
        typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)StringComparer.Ordinal : Comparer<TKey>.Default;

    private List<KeyValuePair<TKey, TValue>> Pairs(SortedSet<TKey> keys)
    {
        var pairs = new List<KeyValuePair<TKey, TValue>>();
        foreach (TKey key in keys)
        {
            if (TryGet(key, out TValue? value))
            {
                pairs.Add(new KeyValuePair<TKey, TValue>(key, value));
            }
        }

        return pairs;
    }
}
