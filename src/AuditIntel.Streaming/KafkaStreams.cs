using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming;

/// <summary>
/// Runs a topology, at least once: outputs and changelogs are acknowledged before the offsets of their inputs are committed. Instances of one
/// application id, in one process or many, share the partitions.
/// </summary>
public sealed class KafkaStreams : IAsyncDisposable
{
    private readonly Topology _topology;
    private readonly StreamsOptions _options;
    private readonly Lock _gate = new();
    private readonly List<StreamThread> _threads = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
    }

    /// <summary>Every change of <see cref="State"/>: old and new. Called on the thread that made it.</summary>
    public event Action<StreamsState, StreamsState>? StateChanged;

    public StreamsState State { get; private set; } = StreamsState.Created;

    /// <summary>Ends when the instance has stopped; faults with the cause when a thread has failed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Checks and creates topics, then starts the threads. Returns before partitions are assigned.</summary>
    /// <exception cref="StreamsException">A source topic is missing, or topics that belong together have different numbers of partitions.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await InternalTopics.PrepareAsync(_topology, _options, cancellationToken).ConfigureAwait(false);
        Transit(StreamsState.Rebalancing);
        for (int i = 0; i < _options.StreamThreads; i++)
        {
            var thread = new StreamThread(i, _topology, _options, OnThreadChanged);
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Commits what was processed and stops.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            if (State is StreamsState.PendingShutdown or StreamsState.NotRunning)
            {
                return;
            }

            Transit(StreamsState.PendingShutdown);
        }

        await Task.WhenAll(_threads.Select(thread => thread.StopAsync())).ConfigureAwait(false);
        Transit(StreamsState.NotRunning);
        _completion.TrySetResult();
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private void OnThreadChanged(StreamThread thread)
    {
        lock (_gate)
        {
            if (thread.Failure is { } failure)
            {
                if (State is StreamsState.Rebalancing or StreamsState.Running)
                {
                    Transit(StreamsState.Error);
                }

                foreach (StreamThread other in _threads)
                {
                    other.RequestStop();
                }

                _completion.TrySetException(new StreamsException($"Stream thread {thread.Name} failed: {failure.Message}", failure));
                return;
            }

            bool ready = _threads.Count == _options.StreamThreads && _threads.TrueForAll(each => each.IsReady);
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
