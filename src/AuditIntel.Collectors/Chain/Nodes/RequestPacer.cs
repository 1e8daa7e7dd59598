namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>Spaces requests: at most so many a second on average, with a burst of one second's worth. Safe for concurrent use.</summary>
internal sealed class RequestPacer(double perSecond, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _spacing = perSecond > 0 ? TimeSpan.FromSeconds(1 / perSecond) : TimeSpan.Zero;

    /// <summary>When the next request would be due if all were evenly spaced.</summary>
    private DateTimeOffset _due = clock.GetUtcNow();

    /// <summary>Returns when the next request may go.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_spacing == TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        TimeSpan pause;
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset earliest = now - TimeSpan.FromSeconds(1);
            _due = _due < earliest ? earliest : _due;
            pause = _due - now;
            _due += _spacing;
        }

        return pause > TimeSpan.Zero ? Task.Delay(pause, clock, cancellationToken) : Task.CompletedTask;
    }
}
