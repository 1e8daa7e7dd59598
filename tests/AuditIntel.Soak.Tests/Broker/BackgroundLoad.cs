using System.Runtime.ExceptionServices;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>A client at work on a thread of its own until it is told to finish; its failure comes out where it is waited for.</summary>
internal abstract class BackgroundLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void ThrowIfFailed()
    {
        if (_running.Exception?.InnerException is { } failure)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running);
        _stop.Dispose();
    }

    protected void Begin() => _running = Task.Factory.StartNew(() => Run(_stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected abstract void Run(CancellationToken stop);

    /// <summary>Asks the load to end and waits for it.</summary>
    protected async Task EndAsync(TimeSpan timeout)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(timeout);
    }
}
