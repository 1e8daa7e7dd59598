using AuditIntel.DevStack.Observability;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Broker;

/// <summary>The background work: retention, compaction, flushing, expiry of groups and of transactional ids.</summary>
internal sealed class Maintenance : IAsyncDisposable
{
    private readonly BrokerState _broker;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _cleaning;
    private readonly Task _flushing;
    private readonly Task _flushingDue;

    public Maintenance(BrokerState broker, ILogger log)
    {
        _broker = broker;
        _log = log;
        _cleaning = RunAsync(broker.Options.MaintenanceInterval, Clean);
        _flushingDue = RunAsync(TimeSpan.FromSeconds(1), FlushDue);
        _flushing = broker.Options.FsyncInterval is { } interval ? RunAsync(interval, Flush) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_cleaning, _flushing, _flushingDue).ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>One round of retention, compaction and expiry.</summary>
    internal void Clean()
    {
        foreach (var topic in _broker.Catalog.All)
        {
            foreach (var partition in topic.Partitions)
            {
                _stopping.Token.ThrowIfCancellationRequested();
                partition.Log.Clean(_stopping.Token);
            }
        }

        _broker.Groups.Expire();
        _broker.Transactions.Maintain();
    }

    private void Flush()
    {
        foreach (var partition in _broker.Catalog.All.SelectMany(t => t.Partitions))
        {
            partition.Log.Flush();
        }
    }

    private void FlushDue()
    {
        foreach (var topic in _broker.Catalog.All)
        {
            foreach (var partition in topic.Partitions)
            {
                partition.Log.FlushIfDue();
            }
        }
    }

    private async Task RunAsync(TimeSpan interval, Action work)
    {
        using var timer = new PeriodicTimer(interval, _broker.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                try
                {
                    await Task.Run(work, _stopping.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    _log.BackgroundWorkFailed(interval, e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The broker stops.
        }
    }
}
