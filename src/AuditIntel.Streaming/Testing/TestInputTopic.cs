using System.Buffers;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Testing;

/// <summary>A typed way into a source topic.</summary>
public sealed class TestInputTopic<TKey, TValue>
{
    private readonly TopologyTestDriver _driver;
    private readonly string _topic;
    private readonly ISerde<TKey> _key;
    private readonly ISerde<TValue> _value;

    internal TestInputTopic(TopologyTestDriver driver, string topic, ISerde<TKey> key, ISerde<TValue> value)
    {
        _driver = driver;
        _topic = topic;
        _key = key;
        _value = value;
    }

    /// <summary>Feeds a record; null is a null key or a tombstone.</summary>
    public void Pipe(TKey? key, TValue? value, long timestampMs = 0, IReadOnlyList<RecordHeader>? headers = null) =>
        _driver.Pipe(_topic, Bytes(_key, key), Bytes(_value, value), timestampMs, headers);

    private byte[]? Bytes<T>(ISerde<T> serde, T? value)
    {
        if (value is null)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        serde.Serialize(_topic, value, output);
        return output.WrittenSpan.ToArray();
    }
}
