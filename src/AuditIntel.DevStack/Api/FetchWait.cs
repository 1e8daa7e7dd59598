using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Api;

/// <summary>Waits for any of some partitions to advance.</summary>
internal sealed class FetchWait : IDisposable
{
    private readonly List<PartitionLog> _logs;
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FetchWait(List<PartitionLog> logs)
    {
        _logs = logs;
        foreach (var log in logs)
        {
            log.Advanced += OnAdvanced;
        }
    }

    /// <summary>Returns at the next advance since the last call, or when the time is up.</summary>
    public async ValueTask NextAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await _advanced.Task.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }

        Volatile.Write(ref _advanced, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public void Dispose()
    {
        foreach (var log in _logs)
        {
            log.Advanced -= OnAdvanced;
        }
    }

    private void OnAdvanced() => Volatile.Read(ref _advanced).TrySetResult();
}
