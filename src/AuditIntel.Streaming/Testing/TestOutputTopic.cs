namespace AuditIntel.Streaming.Testing;

/// <summary>A typed way out of a sink topic.</summary>
public sealed class TestOutputTopic<TKey, TValue>
{
    private readonly TopologyTestDriver _driver;
    private readonly string _topic;
    private readonly ISerde<TKey> _key;
    private readonly ISerde<TValue> _value;

    internal TestOutputTopic(TopologyTestDriver driver, string topic, ISerde<TKey> key, ISerde<TValue> value)
    {
        _driver = driver;
        _topic = topic;
        _key = key;
        _value = value;
    }

    /// <summary>The oldest record not read yet.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Record<TKey, TValue> Read() => Typed(
        _driver.ReadOne(_topic) ?? throw new InvalidOperationException($"Nothing more was written to '{_topic}'."));

    /// <summary>All records not read yet.</summary>
    public IReadOnlyList<Record<TKey, TValue>> ReadAll() => [.. _driver.ReadRaw(_topic).Select(Typed)];

    private Record<TKey, TValue> Typed(TestRecord record) => new(
        record.Key is null ? default : _key.Deserialize(_topic, record.Key),
        record.Value is null ? default : _value.Deserialize(_topic, record.Value),
        record.TimestampMs,
        record.Headers);
}
