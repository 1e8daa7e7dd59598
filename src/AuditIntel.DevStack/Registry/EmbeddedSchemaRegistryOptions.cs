using AuditIntel.DevStack.Registry;

namespace AuditIntel.DevStack;

/// <summary>How an <see cref="EmbeddedSchemaRegistry"/> runs.</summary>
public sealed record EmbeddedSchemaRegistryOptions
{
    /// <summary>host:port of the broker that keeps the schemas.</summary>
    public required string BootstrapServer { get; init; }

    /// <summary>Loopback address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 lets the operating system choose.</summary>
    public int Port { get; init; }

    /// <summary>Global compatibility until it is set over the API.</summary>
    public CompatibilityLevel Compatibility { get; init; } = CompatibilityLevel.Backward;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
