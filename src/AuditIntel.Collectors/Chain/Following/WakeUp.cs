using System.Threading.Channels;

namespace AuditIntel.Collectors.Chain.Following;

/// <summary>Ends a wait early. Several calls before the wait count as one. For one waiter.</summary>
internal sealed class WakeUp(TimeProvider clock)
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Returns after the time, or when called.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task call = _calls.Reader.WaitToReadAsync(stop.Token).AsTask();
        await Task.WhenAny(call, Task.Delay(time, clock, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _calls.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
