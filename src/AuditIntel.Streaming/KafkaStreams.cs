using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.Runtime.Checkpoints;
using AuditIntel.Streaming.Runtime.Standby;

namespace AuditIntel.Streaming;

/// <summary>
/// Runs a topology with the guarantee of its options. Instances of one application id, in one process or many, share the partitions.
/// </summary>
public sealed partial class KafkaStreams : IAsyncDisposable
{
    /// <summary>Threads that may be replaced one after the other without a minute of peace in between.</summary>
    private const int MostReplacements = 10;

    private readonly Topology _topology;
    private readonly StreamsOptions _options;
    private readonly Lock _gate = new();
    private readonly List<StreamThread> _threads = [];
    private readonly Queue<long> _replacements = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CacheBudgets _caches;
    private readonly InstanceMetrics _metrics;
    private TaskPlan? _plan;
    private StateDirectory? _state;
    private GlobalStoreThread? _globals;
    private StandbyKeeper? _standby;
    private RepartitionPurge? _purge;
    private string _processId = "";

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public KafkaStreams(Topology topology, StreamsOptions options)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _topology = topology;
        _options = options;
        _caches = new CacheBudgets(options.CacheMaxBytes);
        _metrics = new InstanceMetrics(options.ApplicationId, Threads, () => State);
    }

    /// <summary>Every change of <see cref="State"/>: old and new. Called on the thread that made it, which must not be kept waiting.</summary>
    public event Action<StreamsState, StreamsState>? StateChanged;

    public StreamsState State { get; private set; } = StreamsState.Created;

    /// <summary>Ends when the instance has stopped; faults with the cause when a thread has failed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Stream threads that run now.</summary>
    public int ThreadCount
    {
        get
        {
            lock (_gate)
            {
                return _threads.Count;
            }
        }
    }

    /// <summary>Which tasks run on which thread now, as <c>part_partition</c>; tasks that are still restored are not among them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TasksByThread()
    {
        lock (_gate)
        {
            return _threads.ToDictionary(thread => thread.Name, thread => (IReadOnlyList<string>)[.. thread.Tasks.Select(task => task.Id.ToString())]);
        }
    }

    /// <summary>Checks and creates topics, then starts the threads. Returns before partitions are assigned.</summary>
    /// <exception cref="StreamsException">
    /// A source topic is missing, topics that belong together have different numbers of partitions, or the state directory is in use.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, int> partitions = await InternalTopics.PrepareAsync(_topology, _options, cancellationToken).ConfigureAwait(false);
        _plan = new TaskPlan(_topology, _options.ApplicationId, partitions);
        _state = _options.StateDirectory is { } root ? StateDirectory.Open(root, _options.ApplicationId) : null;
        _processId = _options.InstanceId ?? _state?.ProcessId ?? Guid.NewGuid().ToString("N");
        _globals = await GlobalStoreThread.StartAsync(_topology.GlobalStores, _options, OnGlobalFailed, cancellationToken).ConfigureAwait(false);
        _standby = _options.StandbyReplicas > 0 ? new StandbyKeeper(_plan, _options, _state!, _processId) : null;
        _purge = new RepartitionPurge(_topology, _options, partitions);
        Transit(StreamsState.Rebalancing);
        for (int i = 0; i < _options.StreamThreads; i++)
        {
            AddStreamThread();
        }
    }

    /// <summary>Starts one more stream thread; tasks move to it with the next rebalance.</summary>
    /// <exception cref="InvalidOperationException">The instance does not run.</exception>
    public void AddStreamThread()
    {
        lock (_gate)
        {
            if (_plan is null || State is not (StreamsState.Rebalancing or StreamsState.Running))
            {
                throw new InvalidOperationException($"Threads are added to a running instance; this one is {State}.");
            }

            int number = 0;
            while (_threads.Exists(thread => thread.Number == number))
            {
                number++;
            }

            var thread = new StreamThread(number, _plan, _options, _state, _processId, _caches.Add(), _globals!.Stores, _standby, OnThreadChanged);
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Stops the newest stream thread after a commit; its tasks move to the others. The last thread cannot be removed.</summary>
    /// <returns>False when there is only one thread left.</returns>
    public async Task<bool> RemoveStreamThreadAsync()
    {
        StreamThread thread;
        lock (_gate)
        {
            if (_threads.Count < 2)
            {
                return false;
            }

            thread = _threads[^1];
            _threads.Remove(thread);
            _caches.Remove(thread.Cache);
        }

        await thread.StopAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>Commits what was processed and stops.</summary>
    public async Task StopAsync()
    {
        StreamThread[] threads;
        lock (_gate)
        {
            if (State is StreamsState.PendingShutdown or StreamsState.NotRunning)
            {
                return;
            }

            Transit(StreamsState.PendingShutdown);
            threads = [.. _threads];
        }

        await Task.WhenAll(threads.Select(thread => thread.StopAsync())).ConfigureAwait(false);
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[_purge, _standby, _globals])
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }

        _state?.Dispose();
        Transit(StreamsState.NotRunning);
        _completion.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private IReadOnlyList<StreamThread> Threads()
    {
        lock (_gate)
        {
            return [.. _threads];
        }
    }

    private void OnThreadChanged(StreamThread thread)
    {
        lock (_gate)
        {
            if (thread.Failure is { } failure)
            {
                OnThreadFailed(thread, failure);
                return;
            }

            bool ready = _threads.Count > 0 && _threads.TrueForAll(each => each.IsReady);
            if (State == StreamsState.Rebalancing && ready)
            {
                Transit(StreamsState.Running);
            }
            else if (State == StreamsState.Running && !ready)
            {
                Transit(StreamsState.Rebalancing);
            }
        }
    }

    private void OnGlobalFailed(Exception failure)
    {
        lock (_gate)
        {
            if (State is StreamsState.Rebalancing or StreamsState.Running)
            {
                Fail($"The global stores failed: {failure.Message}", failure);
            }
        }
    }

    private void OnThreadFailed(StreamThread thread, Exception failure)
    {
        _threads.Remove(thread);
        _caches.Remove(thread.Cache);
        if (State is not (StreamsState.Rebalancing or StreamsState.Running))
        {
            return;
        }

        if (_options.OnThreadFailure == ThreadFailureResponse.ReplaceThread && MayReplace())
        {
            _options.OnWarning?.Invoke($"{thread.Name} failed and is replaced: {failure.Message}");
            AddStreamThread();
            return;
        }

        Fail($"Stream thread {thread.Name} failed: {failure.Message}", failure);
    }

    private void Fail(string message, Exception cause)
    {
        Transit(StreamsState.Error);
        foreach (StreamThread thread in _threads)
        {
            thread.RequestStop();
        }

        _completion.TrySetException(new StreamsException(message, cause));
    }

    /// <summary>A thread that fails again and again has a cause that a new one does not mend.</summary>
    private bool MayReplace()
    {
        long now = _options.Clock.GetTimestamp();
        while (_replacements.TryPeek(out long oldest) && _options.Clock.GetElapsedTime(oldest, now) > TimeSpan.FromMinutes(1))
        {
            _replacements.Dequeue();
        }

        _replacements.Enqueue(now);
        return _replacements.Count <= MostReplacements;
    }

    private void Transit(StreamsState to)
    {
        StreamsState from = State;
        if (!StateTransitions.Allows(from, to))
        {
            throw new StreamsException($"An instance cannot go from {from} to {to}.");
        }

        State = to;
        StateChanged?.Invoke(from, to);
    }
}
