using AuditIntel.Sinks.Findings;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A sink that runs until the test disposes or kills it.</summary>
internal sealed class RunningSink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public RunningSink(PostgresFindingsSinkOptions options)
    {
        Sink = new PostgresFindingsSink(options);
        Run = Sink.RunAsync(_stop.Token);
    }

    public PostgresFindingsSink Sink { get; }

    public Task Run { get; }

    /// <summary>Waits until everything on the topics is in the database.</summary>
    public Task CaughtUpAsync(int seconds = 60) =>
        Wait.UntilAsync(
            () => Run.IsCompleted ? throw new InvalidOperationException("The sink ended.", Run.Exception) : Task.FromResult(Sink.Progress().CaughtUp),
            seconds,
            () => $"Not caught up, {Sink.State}, {Sink.Trouble}: {string.Join("; ", Sink.Progress().Partitions.Where(p => !p.CaughtUp))}");

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Run;
    }

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        _stop.Dispose();
    }
}
