namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>
/// What waits for one channel: alerts one by one up to a bound, then the alerts of one digest up to another. Nothing ever waits to get in, so a channel that
/// stands still holds up nobody. While a digest is open all goes into it, so that nothing overtakes.
/// </summary>
internal sealed class ChannelQueue(int capacity, int digestCapacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<AlertDelivery> _waiting = new();
    private readonly SemaphoreSlim _signal = new(0);
    private List<AlertDelivery> _folded = [];
    private HashSet<string> _foldedIds = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _folded.Count;
            }
        }
    }

    /// <returns>False when there is no room at all.</returns>
    public bool TryAdd(AlertDelivery delivery)
    {
        lock (_gate)
        {
            // A resolution whose alert goes out on its own follows it if there is any room: a digest would leave the incident open for ever.
            bool isOwn = delivery.Alert.Resolved ? !_foldedIds.Contains(delivery.Alert.Id) && _waiting.Count < 2 * capacity : _folded.Count == 0 && _waiting.Count < capacity;
            if (isOwn)
            {
                _waiting.Enqueue(delivery);
            }
            else if (_folded.Count < digestCapacity)
            {
                _folded.Add(delivery);
                _foldedIds.Add(delivery.Alert.Id);
                if (_folded.Count > 1)
                {
                    return true;
                }
            }
            else
            {
                return false;
            }
        }

        _signal.Release();
        return true;
    }

    /// <summary>The next alert, or all of the digest.</summary>
    public async Task<IReadOnlyList<AlertDelivery>> TakeAsync(CancellationToken cancellationToken)
    {
        await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_waiting.TryDequeue(out AlertDelivery? delivery))
            {
                return [delivery];
            }

            IReadOnlyList<AlertDelivery> folded = _folded;
            (_folded, _foldedIds) = ([], []);
            return folded;
        }
    }

    public void Dispose() => _signal.Dispose();
}
