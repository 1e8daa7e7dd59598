namespace AuditIntel.Streaming;

/// <summary>How much a suppression may hold back, and what happens when it is full.</summary>
public sealed record BufferConfig
{
    private BufferConfig(long? mostRecords, bool emitsEarly)
    {
        MostRecords = mostRecords;
        EmitsEarly = emitsEarly;
    }

    /// <summary>Keys that wait at most, a task; null for no bound.</summary>
    public long? MostRecords { get; }

    /// <summary>Whether the oldest are given early when the buffer is full; otherwise the instance stops.</summary>
    public bool EmitsEarly { get; }

    /// <summary>As many as there are: memory bounds it.</summary>
    public static BufferConfig Unbounded() => new(null, emitsEarly: false);

    /// <summary>So many keys; when there are more, the oldest are given early.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static BufferConfig MaxRecords(long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return new BufferConfig(most, emitsEarly: true);
    }

    /// <summary>Stop the instance when the buffer is full: results must be final.</summary>
    public BufferConfig ShutDownWhenFull() => new(MostRecords, emitsEarly: false);
}
