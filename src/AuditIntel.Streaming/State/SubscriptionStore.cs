using System.Buffers;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>Which rows of the left table refer to a foreign key, each with the fingerprint of its value; of one foreign key in the order of the keys' bytes.</summary>
internal sealed class SubscriptionStore<TForeignKey, TKey>(
    string name, string topic, ISerde<TForeignKey> foreignKeySerde, ISerde<TKey> keySerde, TaskContext context)
    : KeyValueStore<SubscriptionKey<TForeignKey, TKey>, UInt128>(
        name, topic, new SubscriptionKeySerde<TForeignKey, TKey>(foreignKeySerde, keySerde), FingerprintSerde.Instance, context, caching: false)
    where TForeignKey : notnull
    where TKey : notnull
{
    private readonly string _topic = topic;
    private readonly ISerde<TKey> _keySerde = keySerde;
    private readonly Dictionary<TForeignKey, SortedList<byte[], TKey>> _subscribers = new(KeyComparison.For<TForeignKey>());

    /// <summary>Adds the keys that refer to the foreign key.</summary>
    public void Collect(TForeignKey foreignKey, List<TKey> found)
    {
        if (_subscribers.TryGetValue(foreignKey, out SortedList<byte[], TKey>? keys))
        {
            found.AddRange(keys.Values);
        }
    }

    public override void Clear()
    {
        base.Clear();
        _subscribers.Clear();
    }

    protected override void OnAdded(SubscriptionKey<TForeignKey, TKey> key)
    {
        if (!_subscribers.TryGetValue(key.ForeignKey, out SortedList<byte[], TKey>? keys))
        {
            keys = new SortedList<byte[], TKey>(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
            _subscribers.Add(key.ForeignKey, keys);
        }

        keys[BytesOf(key.Key)] = key.Key;
    }

    protected override void OnRemoved(SubscriptionKey<TForeignKey, TKey> key)
    {
        if (_subscribers.TryGetValue(key.ForeignKey, out SortedList<byte[], TKey>? keys) && keys.Remove(BytesOf(key.Key)) && keys.Count == 0)
        {
            _subscribers.Remove(key.ForeignKey);
        }
    }

    private byte[] BytesOf(TKey key)
    {
        var bytes = new ArrayBufferWriter<byte>(32);
        _keySerde.Serialize(_topic, key, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
