namespace AuditIntel.DevStack;

/// <summary>How a <see cref="RedisServer"/> runs.</summary>
public sealed record RedisServerOptions
{
    /// <summary>Folder of its log.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Most memory for data; the least recently used goes first.</summary>
    public int MaxMemoryMegabytes { get; init; } = 128;
}
