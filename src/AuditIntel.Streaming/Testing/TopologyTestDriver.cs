using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Testing;

/// <summary>
/// Runs a topology in-process, one partition, without a broker: the same nodes, stores, caches and error handling as the runtime. Each record is processed
/// at once and wholly, and committed; output that goes to a source topic is processed next.
/// </summary>
public sealed class TopologyTestDriver : IDisposable
{
    private readonly Dictionary<string, StreamTask> _byTopic = [];
    private readonly List<StreamTask> _tasks = [];
    private readonly Dictionary<string, IStateStore> _globalTopics = [];
    private readonly Dictionary<string, IStateStore> _globalStores = [];
    private readonly MemoryCollector _collector = new();
    private readonly Dictionary<string, long> _offsets = [];
    private readonly VirtualClock _clock;
    private readonly Func<ErrorContext, ErrorResponse> _onError;

    /// <param name="topology">What to run.</param>
    /// <param name="onError">The error handler; null fails at the first error.</param>
    /// <param name="applicationId">Prefix of internal topics.</param>
    /// <param name="cacheMaxBytes">As in <see cref="StreamsOptions"/>; every record is committed, so that each update goes downstream either way.</param>
    /// <param name="wallClockStart">Where the wall clock stands; null for 1970. It moves by <see cref="AdvanceWallClockTime"/> only.</param>
    public TopologyTestDriver(
        Topology topology,
        Func<ErrorContext, ErrorResponse>? onError = null,
        string applicationId = "test",
        long cacheMaxBytes = 10 * 1024 * 1024,
        DateTimeOffset? wallClockStart = null)
    {
        _clock = new VirtualClock(wallClockStart ?? DateTimeOffset.UnixEpoch);
        foreach (GlobalStore global in topology.GlobalStores)
        {
            IStateStore store = global.Create();
            _globalTopics.Add(global.Topic, store);
            _globalStores.Add(global.StoreName, store);
        }

        var services = new TaskServices
        {
            ApplicationId = applicationId,
            Collector = _collector,
            OnError = onError ?? (_ => ErrorResponse.Fail),
            Cache = new CacheBudget(cacheMaxBytes),
            Clock = _clock,
            GlobalStores = _globalStores,
        };
        _onError = services.OnError;
        foreach (SubTopology part in topology.Parts)
        {
            var task = new StreamTask(new TaskId(part.Number, 0), part, part.TopicsFor(applicationId), services) { IsRunning = true };
            _tasks.Add(task);
            foreach (string topic in part.TopicsFor(applicationId))
            {
                _byTopic.Add(topic, task);
            }
        }
    }

    /// <summary>The driver's wall clock.</summary>
    public DateTimeOffset WallClockTime => _clock.GetUtcNow();

    /// <summary>Records that operators have passed over: without key, or too late.</summary>
    public long DroppedRecords => _tasks.Sum(task => task.DroppedRecords);

    /// <summary>A typed way into a source topic.</summary>
    public TestInputTopic<TKey, TValue> Input<TKey, TValue>(string topic, ISerde<TKey> key, ISerde<TValue> value) => new(this, topic, key, value);

    /// <summary>A typed way out of a sink topic.</summary>
    public TestOutputTopic<TKey, TValue> Output<TKey, TValue>(string topic, ISerde<TKey> key, ISerde<TValue> value) => new(this, topic, key, value);

    /// <summary>A store of the topology.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name and type.</exception>
    public IKeyValueStore<TKey, TValue> Store<TKey, TValue>(string name)
        where TKey : notnull => Find<IKeyValueStore<TKey, TValue>>(name);

    /// <summary>A store of windows of the topology.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name and type.</exception>
    public IWindowStore<TKey, TValue> WindowStore<TKey, TValue>(string name)
        where TKey : notnull => Find<IWindowStore<TKey, TValue>>(name);

    /// <summary>A store of sessions of the topology.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name and type.</exception>
    public ISessionStore<TKey, TValue> SessionStore<TKey, TValue>(string name)
        where TKey : notnull => Find<ISessionStore<TKey, TValue>>(name);

    /// <summary>A global store of the topology.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name and type.</exception>
    public IReadOnlyKeyValueStore<TKey, TValue> GlobalStore<TKey, TValue>(string name)
        where TKey : notnull => Find<IReadOnlyKeyValueStore<TKey, TValue>>(name);

    /// <summary>Feeds a record as bytes; null is a null key or a tombstone.</summary>
    public void Pipe(string topic, byte[]? key, byte[]? value, long timestampMs, IReadOnlyList<RecordHeader>? headers = null)
    {
        if (_globalTopics.TryGetValue(topic, out IStateStore? global))
        {
            if (key is not null)
            {
                PipeGlobal(global, topic, key, value, timestampMs, headers ?? []);
            }

            return;
        }

        if (!_byTopic.TryGetValue(topic, out StreamTask? task))
        {
            throw new InvalidOperationException($"The topology does not read '{topic}'.");
        }

        long offset = _offsets.GetValueOrDefault(topic);
        _offsets[topic] = offset + 1;
        task.Accept(task.Input(topic), new RawRecord
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
        PipeLooped();
    }

    /// <summary>Moves the wall clock and calls the punctuators that are due.</summary>
    public void AdvanceWallClockTime(TimeSpan by)
    {
        _clock.Advance(by);
        foreach (StreamTask task in _tasks)
        {
            if (task.PunctuateWallClock())
            {
                task.PrepareCommit();
            }
        }

        PipeLooped();
    }

    /// <summary>What was written to a topic and not read yet, repartition topics and changelogs included.</summary>
    public IReadOnlyList<TestRecord> ReadRaw(string topic) => _collector.Take(topic);

    public void Dispose()
    {
        foreach (StreamTask task in _tasks)
        {
            task.Close();
        }
    }

    /// <summary>As the runtime's thread of global stores does it: nothing can be sent from there, so a record that fails is passed over or is the end.</summary>
    private void PipeGlobal(IStateStore store, string topic, byte[] key, byte[]? value, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        try
        {
            store.Restore(key, value is null, value, timestampMs);
        }
        catch (Exception e) when (_onError(new ErrorContext
        {
            Stage = ErrorStage.Deserialize,
            Exception = e,
            Topic = topic,
            Partition = 0,
            Offset = 0,
            TimestampMs = timestampMs,
            Key = key,
            Value = value,
            Headers = headers,
        }) is not ErrorResponse.FailResponse)
        {
            // Passed over: what was there before stays.
        }
    }

    /// <summary>Applies a changelog to a store, as a restart would.</summary>
    internal void Restore(string store, IEnumerable<TestRecord> changelog)
    {
        IStateStore restored = Find<IStateStore>(store);
        foreach (TestRecord record in changelog)
        {
            if (record.Key is not null)
            {
                restored.Restore(record.Key, record.Value is null, record.Value, record.TimestampMs);
            }
        }
    }

    internal TestRecord? ReadOne(string topic) => _collector.TakeOne(topic);

    private void PipeLooped()
    {
        foreach (TestRecord looped in _collector.TakeLooped(topic => _byTopic.ContainsKey(topic) || _globalTopics.ContainsKey(topic)))
        {
            Pipe(looped.Topic, looped.Key, looped.Value, looped.TimestampMs, looped.Headers);
        }
    }

    private TStore Find<TStore>(string name)
        where TStore : class => _tasks
            .Select(task => task.Stores.GetValueOrDefault(name))
            .Append(_globalStores.GetValueOrDefault(name))
            .OfType<TStore>()
            .FirstOrDefault() ?? throw new InvalidOperationException($"There is no store '{name}' of these types.");
}
