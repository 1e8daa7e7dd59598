namespace AuditIntel.Streaming;

/// <summary>Which updates of a table are held back, and how long.</summary>
public sealed record Suppressed
{
    private Suppressed(TimeSpan? wait, BufferConfig buffer)
    {
        Wait = wait;
        Buffer = buffer;
    }

    /// <summary>Name of the node, and with <c>-store</c> of its buffer; null for numbered ones.</summary>
    public string? Name { get; init; }

    /// <summary>How long a key waits; null until its window is closed.</summary>
    internal TimeSpan? Wait { get; }

    internal BufferConfig Buffer { get; }

    /// <summary>One result a window, when it is final. The table must be windowed.</summary>
    /// <exception cref="ArgumentException">The buffer gives results early, which would not be final.</exception>
    public static Suppressed UntilWindowCloses(BufferConfig buffer) => buffer is { MostRecords: not null, EmitsEarly: true }
        ? throw new ArgumentException("A buffer that gives results early cannot wait for windows to close: use Unbounded() or ShutDownWhenFull().", nameof(buffer))
        : new Suppressed(null, buffer);

    /// <summary>At most one update a key in each stretch of stream time.</summary>
    public static Suppressed UntilTimeLimit(TimeSpan wait, BufferConfig buffer) => new(wait, buffer);
}
