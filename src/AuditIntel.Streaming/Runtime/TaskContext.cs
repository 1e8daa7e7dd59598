using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>What the nodes of one task share.</summary>
internal sealed class TaskContext(string applicationId, TaskId taskId, IRecordCollector collector, CacheBudget cache)
{
    private readonly Dictionary<string, IStateStore> _stores = [];

    public string ApplicationId { get; } = applicationId;

    public TaskId TaskId { get; } = taskId;

    public IRecordCollector Collector { get; } = collector;

    public IReadOnlyDictionary<string, IStateStore> Stores => _stores;

    /// <summary>Bound of the caches, shared by the tasks of the thread.</summary>
    public CacheBudget Cache { get; } = cache;

    public bool IsCachingEnabled => Cache.IsEnabled;

    /// <summary>Records that were passed over because they had no key, or came too late.</summary>
    public long DroppedRecords { get; private set; }

    /// <summary>Timestamp of the record that is being processed, or the time of the punctuation.</summary>
    public long TimestampMs => Metadata.TimestampMs;

    /// <summary>Origin of the record that is being processed.</summary>
    public (string Topic, int Partition, long Offset, long TimestampMs) Metadata { get; private set; } = ("", 0, -1, 0);

    public long StreamTimeMs { get; private set; } = -1;

    public void Begin(string topic, int partition, long offset, long timestampMs)
    {
        Metadata = (topic, partition, offset, timestampMs);
        StreamTimeMs = Math.Max(StreamTimeMs, timestampMs);
    }

    /// <summary>Counts a record that an operator passes over.</summary>
    public void Drop()
    {
        DroppedRecords++;
        StreamsMetrics.Dropped.Add(1);
    }

    public void Add(IStateStore store) => _stores.Add(store.Name, store);

    /// <summary>The topic that a store is rebuilt from.</summary>
    public string ChangelogTopic(StoreDefinition store) => store.SourceTopic ?? Changelog.TopicOf(ApplicationId, store.Name);

    /// <summary>A store of the DSL, with what only nodes may do.</summary>
    public KeyValueStore<TKey, TValue> Table<TKey, TValue>(string name)
        where TKey : notnull => (KeyValueStore<TKey, TValue>)_stores[name];

    public IKeyValueStore<TKey, TValue> Store<TKey, TValue>(string name)
        where TKey : notnull =>
        _stores.TryGetValue(name, out IStateStore? store) && store is IKeyValueStore<TKey, TValue> typed
            ? typed
            : throw new InvalidOperationException($"There is no store '{name}' of {typeof(TKey).Name} to {typeof(TValue).Name} in task {TaskId}.");
}
