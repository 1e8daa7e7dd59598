using AuditIntel.Streaming;

namespace AuditIntel.Cli.Pipeline;

/// <summary>
/// The roles that a program runs: topologies and sinks. They may be started at the same time; they end together, topologies first, so that sinks see what these
/// still write.
/// </summary>
internal sealed class RoleSet : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<KafkaStreams> _topologies = [];
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<Task> _running = [];

    /// <summary>Ends when a role has ended; faults with its cause when it has failed. Ask once all are there.</summary>
    public Task Completion => FirstEndAsync();

    public async Task StartAsync(KafkaStreams topology, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _topologies.Add(topology);
        }

        await topology.StartAsync(cancellationToken);
        lock (_gate)
        {
            _running.Add(topology.Completion);
        }
    }

    /// <param name="role">Disposed with the set, after its run.</param>
    /// <param name="run">Runs it until it is told to stop.</param>
    public void Start(IAsyncDisposable role, Func<CancellationToken, Task> run)
    {
        lock (_gate)
        {
            _owned.Add(role);
            _running.Add(run(_stop.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_topologies.Select(topology => topology.DisposeAsync().AsTask()));
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (IAsyncDisposable role in _owned)
        {
            await role.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task FirstEndAsync() => await await Task.WhenAny(_running);
}
