using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>A processor's view of its task.</summary>
internal abstract class ProcessorServices(TaskContext task, string name, IReadOnlyList<string> stores) : ITaskContext
{
    public string ApplicationId => task.ApplicationId;

    public int Partition => task.TaskId.Partition;

    public RecordMetadata Metadata => new(task.Metadata.Topic, task.Metadata.Partition, task.Metadata.Offset);

    public long StreamTimeMs => task.StreamTimeMs;

    public long WallClockTimeMs => task.Punctuations.WallClockTimeMs;

    protected string Name => name;

    public IKeyValueStore<TStoreKey, TStoreValue> GetStateStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull => Connected<IKeyValueStore<TStoreKey, TStoreValue>>(name);

    public IWindowStore<TStoreKey, TStoreValue> GetWindowStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull => Connected<IWindowStore<TStoreKey, TStoreValue>>(name);

    public ISessionStore<TStoreKey, TStoreValue> GetSessionStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull => Connected<ISessionStore<TStoreKey, TStoreValue>>(name);

    public IReadOnlyKeyValueStore<TStoreKey, TStoreValue> GetGlobalStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull => task.GlobalStore<TStoreKey, TStoreValue>(name);

    public IDisposable Schedule(TimeSpan interval, PunctuationType type, Action<long> callback) => task.Punctuations.Schedule(interval, type, callback);

    private TStore Connected<TStore>(string store)
        where TStore : class => stores.Contains(store)
            ? task.Store<TStore>(store)
            : throw new InvalidOperationException($"Processor '{name}' is not connected with the store '{store}': name it in Process(...).");
}
