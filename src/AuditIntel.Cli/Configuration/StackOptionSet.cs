using System.CommandLine;

namespace AuditIntel.Cli.Configuration;

/// <summary>The options that every command on the pipeline shares; each may also come from the environment.</summary>
internal sealed class StackOptionSet
{
    private readonly Option<string> _dataDirectory = new("--data-dir")
    {
        Description = "Folder of the embedded stack [default: .auditintel, environment: AUDITINTEL_DATA_DIR]",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AUDITINTEL_DATA_DIR") ?? ".auditintel",
    };

    private readonly Option<string?> _bootstrapServers =
        FromEnvironment("--bootstrap-servers", "HOST:PORT", "Kafka to use instead of the embedded broker", "AUDITINTEL_BOOTSTRAP_SERVERS");

    private readonly Option<string?> _schemaRegistry =
        FromEnvironment("--schema-registry", "URL", "Schema Registry to use instead of the embedded one", "AUDITINTEL_SCHEMA_REGISTRY");

    private readonly Option<string?> _postgres =
        FromEnvironment("--postgres", "CONNECTION", "PostgreSQL to use instead of the private one, as Npgsql writes it", "AUDITINTEL_POSTGRES");

    private readonly Option<string?> _redis =
        FromEnvironment("--redis", "HOST:PORT", "Redis to use instead of the private one", "AUDITINTEL_REDIS");

    private readonly Option<string?> _kafkaConfig =
        FromEnvironment("--kafka-config", "FILE", "Further Kafka client properties (TLS, SASL), one key=value a line", "AUDITINTEL_KAFKA_CONFIG");

    private readonly Option<int> _brokerPort = Port("--broker-port", "Port of the embedded broker");
    private readonly Option<int> _registryPort = Port("--registry-port", "Port of the embedded Schema Registry");
    private readonly Option<int> _postgresPort = Port("--postgres-port", "Port of the private PostgreSQL");
    private readonly Option<int> _redisPort = Port("--redis-port", "Port of the private Redis");

    /// <summary>Adds the options to a command, which then refuses contradictory settings with one sentence.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _dataDirectory, _bootstrapServers, _schemaRegistry, _postgres, _redis, _kafkaConfig, _brokerPort, _registryPort, _postgresPort, _redisPort,
        })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.Errors.Any())
            {
                return;
            }

            var settings = new StackSettings
            {
                DataDirectory = result.GetValue(_dataDirectory)!,
                BootstrapServers = result.GetValue(_bootstrapServers),
                SchemaRegistry = result.GetValue(_schemaRegistry),
                KafkaConfig = result.GetValue(_kafkaConfig),
                BrokerPort = result.GetValue(_brokerPort),
                RegistryPort = result.GetValue(_registryPort),
                PostgresPort = result.GetValue(_postgresPort),
                RedisPort = result.GetValue(_redisPort),
            };
            foreach (string error in settings.Validate())
            {
                result.AddError(error);
            }
        });
    }

    public StackSettings Read(ParseResult result) => new()
    {
        DataDirectory = Path.GetFullPath(result.GetValue(_dataDirectory)!),
        BootstrapServers = result.GetValue(_bootstrapServers),
        SchemaRegistry = result.GetValue(_schemaRegistry),
        Postgres = result.GetValue(_postgres),
        Redis = result.GetValue(_redis),
        KafkaConfig = result.GetValue(_kafkaConfig),
        BrokerPort = result.GetValue(_brokerPort),
        RegistryPort = result.GetValue(_registryPort),
        PostgresPort = result.GetValue(_postgresPort),
        RedisPort = result.GetValue(_redisPort),
    };

    /// <summary>An option that the environment may give as well.</summary>
    public static Option<string?> FromEnvironment(string name, string helpName, string description, string variable) => new(name)
    {
        Description = $"{description} [environment: {variable}]",
        HelpName = helpName,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null,
    };

    private static Option<int> Port(string name, string description) => new(name)
    {
        Description = $"{description}; 0 for any free one",
        HelpName = "PORT",
    };
}
