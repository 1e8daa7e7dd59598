namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>Which records of a partition are done: only what has nothing unfinished before it may be committed. Safe for several threads.</summary>
internal sealed class PartitionLedger(string topic, int partition)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _open = new();
    private readonly HashSet<long> _done = [];
    private long _next = -1;

    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>Somebody else has the partition: what is not begun here is theirs.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Records that are not done, or that wait for one before them.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public void Begin(long offset)
    {
        lock (_gate)
        {
            _open.Enqueue(offset);
        }
    }

    public void Done(long offset)
    {
        lock (_gate)
        {
            _done.Add(offset);
            while (_open.TryPeek(out long first) && _done.Remove(first))
            {
                _next = first + 1;
                _open.Dequeue();
            }
        }
    }

    /// <summary>Offset to commit; -1 when nothing is done yet.</summary>
    public long Next()
    {
        lock (_gate)
        {
            return _next;
        }
    }

    public void Leave() => IsGone = true;
}
