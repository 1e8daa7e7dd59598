namespace AuditIntel.DevStack.Broker;

/// <summary>
/// What a client fetches again and again, so that it need not name it each time. Used by one request at a time: a client that breaks this
/// rule fails the check of the epoch.
/// </summary>
internal sealed class FetchSession(int id)
{
    private readonly Dictionary<(string Topic, int Partition), FetchTarget> _byName = [];
    private readonly LinkedList<FetchTarget> _order = [];

    public int Id { get; } = id;

    /// <value>The epoch the next request must carry.</value>
    public int NextEpoch { get; set; } = 1;

    public long LastUse { get; set; }

    /// <value>In the order of serving: those that got data last are last.</value>
    public IEnumerable<FetchTarget> Targets => _order;

    public void Put(FetchTarget target)
    {
        if (_byName.TryGetValue((target.Topic, target.Partition), out var known))
        {
            known.Offset = target.Offset;
            known.MaxBytes = target.MaxBytes;
        }
        else
        {
            _byName[(target.Topic, target.Partition)] = target;
            _order.AddLast(target);
        }
    }

    public void Forget(string topic, int partition)
    {
        if (_byName.Remove((topic, partition), out var target))
        {
            _order.Remove(target);
        }
    }

    /// <summary>Puts a partition that was served behind the others, so that none starves when the answer is full.</summary>
    public void Served(FetchTarget target)
    {
        if (_order.Remove(target))
        {
            _order.AddLast(target);
        }
    }
}

/// <summary>A partition that a client fetches, and what it was told of it last.</summary>
internal sealed class FetchTarget
{
    public required string Topic { get; init; }

    public Guid TopicId { get; init; }

    public required int Partition { get; init; }

    public long Offset { get; set; }

    public int MaxBytes { get; set; }

    /// <value>High watermark, log start offset and last stable offset of the last answer.</value>
    public (long High, long Start, long Stable) Told { get; set; } = (-1, -1, -1);
}
