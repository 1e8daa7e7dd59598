using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Insights;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Transactions;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A sink that runs until the test disposes or kills it.</summary>
internal sealed class RunningSink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public RunningSink(PostgresFindingsSinkOptions options)
        : this(new PostgresFindingsSink(options))
    {
    }

    public RunningSink(PostgresTransactionsSinkOptions options)
        : this(new PostgresTransactionsSink(options))
    {
    }

    public RunningSink(PostgresInsightsSinkOptions options)
        : this(new PostgresInsightsSink(options))
    {
    }

    private RunningSink(PostgresSink sink)
    {
        Sink = sink;
        Run = Sink.RunAsync(_stop.Token);
    }

    public PostgresSink Sink { get; }

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
