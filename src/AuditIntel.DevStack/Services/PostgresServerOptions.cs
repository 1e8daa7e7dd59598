namespace AuditIntel.DevStack;

/// <summary>How a <see cref="PostgresServer"/> runs.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>Folder of the private cluster; made at the first start.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Database and its owner, made at the first start.</summary>
    public string Database { get; init; } = "auditintel";
}
