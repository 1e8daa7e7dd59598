namespace AuditIntel.Cli.Configuration;

/// <summary>
/// Which services a command works on. A service whose address is null is the embedded one, private to <see cref="DataDirectory"/>.
/// </summary>
internal sealed record StackSettings
{
    /// <summary>Folder of the embedded stack: broker log, database, ports, lock.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Kafka brokers, host:port[,host:port]; null for the embedded broker.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>Schema Registry URL; null for the embedded one.</summary>
    public string? SchemaRegistry { get; init; }

    /// <summary>PostgreSQL connection string; null for the private server.</summary>
    public string? Postgres { get; init; }

    /// <summary>Redis host:port; null for the private server.</summary>
    public string? Redis { get; init; }

    /// <summary>File of further client properties, one key=value a line, keys as in Apache Kafka; null for none.</summary>
    public string? KafkaConfig { get; init; }

    /// <summary>Fixed ports of the embedded services; 0 lets the operating system choose once and keeps the choice.</summary>
    public int BrokerPort { get; init; }

    public int RegistryPort { get; init; }

    public int PostgresPort { get; init; }

    public int RedisPort { get; init; }

    public bool UsesEmbeddedStack => BootstrapServers is null || SchemaRegistry is null || Postgres is null || Redis is null;

    /// <summary>The same without database and cache, for commands that only look at topics.</summary>
    public StackSettings KafkaOnly() => this with { Postgres = Postgres ?? "", Redis = Redis ?? "" };

    /// <summary>The settings as options of a command. Connection strings go by the environment, where no list of processes shows them.</summary>
    public IEnumerable<string> ToArguments()
    {
        yield return "--data-dir";
        yield return DataDirectory;
        foreach ((string option, int port) in Ports())
        {
            if (port > 0)
            {
                yield return option;
                yield return port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>What is wrong with the settings, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (BootstrapServers is not null && SchemaRegistry is null)
        {
            yield return "--bootstrap-servers needs --schema-registry too: the embedded registry serves only the embedded broker.";
        }

        if (BootstrapServers is null && SchemaRegistry is not null)
        {
            yield return "--schema-registry needs --bootstrap-servers too: a registry belongs to a Kafka cluster.";
        }

        if (SchemaRegistry is not null
            && !(Uri.TryCreate(SchemaRegistry, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
        {
            yield return $"--schema-registry '{SchemaRegistry}' is not an http(s) URL; say for example http://localhost:8081.";
        }

        if (KafkaConfig is not null && !File.Exists(KafkaConfig))
        {
            yield return $"--kafka-config '{KafkaConfig}' does not exist.";
        }

        foreach ((string option, int port) in Ports())
        {
            if (port is < 0 or > 65535)
            {
                yield return $"{option} {port} is not a port: say 0 to 65535.";
            }
        }
    }

    private (string Option, int Port)[] Ports() =>
        [("--broker-port", BrokerPort), ("--registry-port", RegistryPort), ("--postgres-port", PostgresPort), ("--redis-port", RedisPort)];
}
