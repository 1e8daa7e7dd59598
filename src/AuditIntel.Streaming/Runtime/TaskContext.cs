using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>What the nodes of one task share.</summary>
internal sealed class TaskContext(TaskId taskId, TaskServices services)
{
    private readonly Dictionary<string, IStateStore> _stores = [];
    private readonly List<IDisposable> _owned = [];

    public string ApplicationId => services.ApplicationId;

    public TaskId TaskId { get; } = taskId;

    public IRecordCollector Collector => services.Collector;

    public IReadOnlyDictionary<string, IStateStore> Stores => _stores;

    /// <summary>Bound of the caches, shared by the tasks of the thread.</summary>
    public CacheBudget Cache => services.Cache;

    public bool IsCachingEnabled => Cache.IsEnabled;

    public PunctuationQueue Punctuations { get; } = new(services.Clock);

    /// <summary>Records that were passed over because they had no key, or came too late.</summary>
    public long DroppedRecords { get; private set; }

    /// <summary>Origin of the record that is being processed.</summary>
    public (string Topic, int Partition, long Offset, long TimestampMs) Metadata { get; private set; } = ("", 0, -1, 0);

    /// <summary>Timestamp of the record that is being processed, or the time of the punctuation.</summary>
    public long TimestampMs => Metadata.TimestampMs;

    public long StreamTimeMs { get; private set; } = -1;

    public void Begin(string topic, int partition, long offset, long timestampMs)
    {
        Metadata = (topic, partition, offset, timestampMs);
        StreamTimeMs = Math.Max(StreamTimeMs, timestampMs);
    }

    /// <summary>A punctuation belongs to no record.</summary>
    public void BeginPunctuation(long timeMs) => Metadata = ("", TaskId.Partition, -1, timeMs);

    /// <summary>Counts a record that an operator passes over.</summary>
    public void Drop()
    {
        DroppedRecords++;
        StreamsMetrics.Dropped.Add(1);
    }

    public void Add(IStateStore store) => _stores.Add(store.Name, store);

    /// <summary>Disposes the object with the task, if it wants that.</summary>
    public T Owned<T>(T instance)
    {
        if (instance is IDisposable disposable)
        {
            _owned.Add(disposable);
        }

        return instance;
    }

    public void Close()
    {
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }

        _owned.Clear();
    }

    /// <summary>The topic that a store is rebuilt from.</summary>
    public string ChangelogTopic(StoreDefinition store) => store.SourceTopic ?? Changelog.TopicOf(ApplicationId, store.Name);

    /// <summary>A store of the DSL, with what only nodes may do.</summary>
    public KeyValueStore<TKey, TValue> Table<TKey, TValue>(string name)
        where TKey : notnull => (KeyValueStore<TKey, TValue>)_stores[name];

    /// <exception cref="InvalidOperationException">There is no such store.</exception>
    public TStore Store<TStore>(string name)
        where TStore : class => _stores.TryGetValue(name, out IStateStore? store) && store is TStore typed
            ? typed
            : throw new InvalidOperationException($"There is no store '{name}' of type {typeof(TStore)} in task {TaskId}.");

    /// <exception cref="InvalidOperationException">There is no such store.</exception>
    public IReadOnlyKeyValueStore<TKey, TValue> GlobalStore<TKey, TValue>(string name)
        where TKey : notnull =>
        services.GlobalStores.TryGetValue(name, out IStateStore? store) && store is IReadOnlyKeyValueStore<TKey, TValue> typed
            ? typed
            : throw new InvalidOperationException($"There is no global store '{name}' of {typeof(TKey).Name} to {typeof(TValue).Name}.");
}
