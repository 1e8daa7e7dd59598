using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Testing;

/// <summary>
/// Runs a topology in-process, one partition, without a broker: the same nodes, stores and error handling as the runtime. Each record is processed
/// at once and wholly; output that goes to a source topic is processed next.
/// </summary>
public sealed class TopologyTestDriver
{
    private readonly Dictionary<string, StreamTask> _tasks = [];
    private readonly MemoryCollector _collector = new();
    private readonly Dictionary<string, long> _offsets = [];

    /// <param name="topology">What to run.</param>
    /// <param name="onError">The error handler; null fails at the first error.</param>
    /// <param name="applicationId">Prefix of changelog topics.</param>
    /// <param name="cacheMaxBytes">As in <see cref="StreamsOptions"/>; every record is committed, so that each update goes downstream either way.</param>
    public TopologyTestDriver(Topology topology, Func<ErrorContext, ErrorResponse>? onError = null, string applicationId = "test", long cacheMaxBytes = 10 * 1024 * 1024)
    {
        var cache = new CacheBudget(cacheMaxBytes);
        foreach (SubTopology part in topology.Parts)
        {
            var task = new StreamTask(new TaskId(part.Number, 0), part, applicationId, _collector, cache, onError ?? (_ => ErrorResponse.Fail));
            foreach (SourceDefinition source in part.Sources)
            {
                _tasks.Add(source.Topic, task);
            }
        }
    }

    /// <summary>A typed way into a source topic.</summary>
    public TestInputTopic<TKey, TValue> Input<TKey, TValue>(string topic, ISerde<TKey> key, ISerde<TValue> value) => new(this, topic, key, value);

    /// <summary>A typed way out of a sink topic.</summary>
    public TestOutputTopic<TKey, TValue> Output<TKey, TValue>(string topic, ISerde<TKey> key, ISerde<TValue> value) => new(this, topic, key, value);

    /// <summary>A store of the topology.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name and type.</exception>
    public IKeyValueStore<TKey, TValue> Store<TKey, TValue>(string name)
        where TKey : notnull => _tasks.Values
            .Select(task => task.Stores.GetValueOrDefault(name))
            .OfType<IKeyValueStore<TKey, TValue>>()
            .FirstOrDefault() ?? throw new InvalidOperationException($"There is no store '{name}' of these types.");

    /// <summary>Feeds a record as bytes; null is a null key or a tombstone.</summary>
    public void Pipe(string topic, byte[]? key, byte[]? value, long timestampMs, IReadOnlyList<RecordHeader>? headers = null)
    {
        if (!_tasks.TryGetValue(topic, out StreamTask? task))
        {
            throw new InvalidOperationException($"The topology does not read '{topic}'.");
        }

        long offset = _offsets.GetValueOrDefault(topic);
        _offsets[topic] = offset + 1;
        task.Add(new RawRecord
        {
            Topic = topic,
            Partition = 0,
            Offset = offset,
            TimestampMs = timestampMs,
            IsKeyNull = key is null,
            Key = key,
            IsValueNull = value is null,
            Value = value,
            Headers = headers ?? [],
        });
        task.Process(int.MaxValue, _ => false);
        task.PrepareCommit();
        foreach (TestRecord looped in _collector.TakeLooped(_tasks.ContainsKey))
        {
            Pipe(looped.Topic, looped.Key, looped.Value, looped.TimestampMs, looped.Headers);
        }
    }

    /// <summary>What was written to a topic and not read yet, changelogs included.</summary>
    public IReadOnlyList<TestRecord> ReadRaw(string topic) => _collector.Take(topic);

    internal TestRecord? ReadOne(string topic) => _collector.TakeOne(topic);
}
