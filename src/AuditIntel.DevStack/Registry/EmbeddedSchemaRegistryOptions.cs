using AuditIntel.Avro;
using AuditIntel.Kafka;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack;

/// <summary>How an <see cref="EmbeddedSchemaRegistry"/> runs.</summary>
public sealed record EmbeddedSchemaRegistryOptions
{
    /// <summary>host:port[,host:port...] of the brokers that keep the schemas.</summary>
    public required string BootstrapServer { get; init; }

    /// <summary>
    /// Further client properties with librdkafka's own keys (security.protocol, sasl.username, ...), as in <see cref="KafkaOptions.Properties"/>. Values may be
    /// secrets: nothing here is ever logged.
    /// </summary>
    public IReadOnlyDictionary<string, string> KafkaProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Loopback address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 lets the operating system choose.</summary>
    public int Port { get; init; }

    /// <summary>Compatibility where none was set over the API.</summary>
    public SchemaCompatibilityLevel Compatibility { get; init; } = SchemaCompatibilityLevel.Backward;

    /// <summary>Longest wait for the brokers in one step: an acknowledgement, the end of the topic, the turn to write. Range 1 second to 5 minutes.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the registry's events go; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal KafkaOptions Kafka => new() { BootstrapServers = BootstrapServer, ClientId = "auditintel-registry", Properties = KafkaProperties };

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string error in Kafka.Validate())
        {
            yield return error;
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"Port {Port} is not within 0 to 65535.";
        }

        if (StoreTimeout < TimeSpan.FromSeconds(1) || StoreTimeout > TimeSpan.FromMinutes(5))
        {
            yield return "StoreTimeout is not within 1 second to 5 minutes.";
        }
    }
}
