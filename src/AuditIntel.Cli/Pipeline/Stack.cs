using System.Diagnostics;
using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming;
using Npgsql;

namespace AuditIntel.Cli.Pipeline;

/// <summary>The services of a command: given ones, the embedded ones in this process, or those of a stack that runs already.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    private readonly StackSettings _settings;
    private readonly List<IAsyncDisposable> _owned = [];
    private FileStream? _lock;
    private bool _announced;

    private Stack(StackSettings settings) => _settings = settings;

    public KafkaOptions Kafka { get; private set; } = null!;

    public Uri SchemaRegistry { get; private set; } = null!;

    /// <summary>Connection string; may hold a password.</summary>
    public string Postgres { get; private set; } = "";

    public string Redis { get; private set; } = "";

    public string DataDirectory => _settings.DataDirectory;

    /// <summary>
    /// Name of this program in its consumer groups. The embedded broker serves one program at a time, which so gets its partitions back at once after
    /// a crash; on a given cluster several may run, and none has a name.
    /// </summary>
    public string? InstanceId => _settings.BootstrapServers is null ? "embedded" : null;

    /// <summary>The services are those of another process, which also runs topology and sinks.</summary>
    public bool Attached { get; private set; }

    /// <summary>Some of the services are this program's own and end with it.</summary>
    public bool StopsWithProgram => _settings.UsesEmbeddedStack && !Attached;

    /// <summary>That process; 0 when not attached.</summary>
    public int OwnerProcess { get; private set; }

    /// <summary>The database without its password.</summary>
    public string PostgresForPeople
    {
        get
        {
            var connection = new NpgsqlConnectionStringBuilder(Postgres);
            return string.Create(CultureInfo.InvariantCulture, $"postgresql://{connection.Username}@{connection.Host}:{connection.Port}/{connection.Database}");
        }
    }

    public string PsqlCommand => "psql " + PostgresForPeople;

    /// <summary>How a topology runs on this stack: exactly once, with its state beside the services' data.</summary>
    public StreamsOptions StreamsOptions(string applicationId, Func<ErrorContext, ErrorResponse> onError, ConsoleReport report) => new()
    {
        ApplicationId = applicationId,
        Kafka = Kafka,
        InstanceId = InstanceId,
        Guarantee = ProcessingGuarantee.ExactlyOnce,
        StateDirectory = Path.Combine(DataDirectory, "streams"),
        OnError = onError,
        OnWarning = warning => report.Warn($"topology: {warning}"),
    };

    public static async Task<Stack> StartAsync(StackSettings settings, ConsoleReport report, CancellationToken cancellationToken)
    {
        var stack = new Stack(settings);
        try
        {
            if (settings.UsesEmbeddedStack)
            {
                Directory.CreateDirectory(settings.DataDirectory);
                if (!await stack.TakeAsync(report, cancellationToken))
                {
                    throw new InvalidOperationException(
                        $"Another auditintel command works on {settings.DataDirectory}; wait for it, or choose another folder with --data-dir.");
                }
            }

            if (!stack.Attached)
            {
                await stack.StartServicesAsync(report, cancellationToken);
            }

            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets later commands on the same folder find this stack.</summary>
    public void Announce()
    {
        if (_lock is not null)
        {
            new RunningStack(Environment.ProcessId, Kafka.BootstrapServers, SchemaRegistry.ToString(), Postgres, Redis).Save(DataDirectory);
            _announced = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            await _owned[i].DisposeAsync();
        }

        if (_announced)
        {
            RunningStack.Forget(DataDirectory);
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    /// <summary>Locks the folder or attaches to the stack on it. A process that was just killed may hold its lock a moment longer.</summary>
    private async Task<bool> TakeAsync(ConsoleReport report, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!TryLock() && !TryAttach(report))
        {
            if (Stopwatch.GetElapsedTime(begin) > LockPatience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return true;
    }

    private bool TryLock()
    {
        try
        {
            _lock = new FileStream(Path.Combine(DataDirectory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool TryAttach(ConsoleReport report)
    {
        if (RunningStack.Find(DataDirectory) is not { } running)
        {
            return false;
        }

        report.Say(string.Create(CultureInfo.InvariantCulture, $"Using the stack that runs on {DataDirectory} (process {running.Process})."));
        Attached = true;
        OwnerProcess = running.Process;
        Kafka = KafkaFor(running.BootstrapServers);
        SchemaRegistry = new Uri(running.SchemaRegistry);
        Postgres = running.Postgres;
        Redis = running.Redis;
        return true;
    }

    private async Task StartServicesAsync(ConsoleReport report, CancellationToken cancellationToken)
    {
        if (_settings.UsesEmbeddedStack)
        {
            report.Say($"Starting the embedded stack in {DataDirectory} ...");
        }

        RememberedPorts ports = RememberedPorts.Load(DataDirectory);
        Task<int> postgres = StartPostgresAsync(ports, cancellationToken);
        Task<int> redis = StartRedisAsync(ports, cancellationToken);
        try
        {
            (int broker, int registry) = await StartKafkaAsync(ports, report, cancellationToken);
            ports = new RememberedPorts(broker, registry, await postgres, await redis);
        }
        catch
        {
            // The other two may still be starting: their servers have to be known before they can be stopped.
            await ((Task)Task.WhenAll(postgres, redis)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        if (_settings.UsesEmbeddedStack)
        {
            ports.Save(DataDirectory);
        }
    }

    private async Task<(int Broker, int Registry)> StartKafkaAsync(RememberedPorts ports, ConsoleReport report, CancellationToken cancellationToken)
    {
        if (_settings.BootstrapServers is not null)
        {
            Kafka = KafkaFor(_settings.BootstrapServers);
            SchemaRegistry = new Uri(_settings.SchemaRegistry!);
            return (ports.Broker, ports.Registry);
        }

        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions
            {
                DataDirectory = Path.Combine(DataDirectory, "broker"),
                Port = RememberedPorts.Choose(_settings.BrokerPort, ports.Broker),
                AutoCreateTopics = false,
                OnWarning = warning => report.Warn("broker: " + warning),
            },
            cancellationToken);
        Own(broker);
        EmbeddedSchemaRegistry registry = await EmbeddedSchemaRegistry.StartAsync(
            new EmbeddedSchemaRegistryOptions
            {
                BootstrapServer = broker.BootstrapServers,
                Port = RememberedPorts.Choose(_settings.RegistryPort, ports.Registry),
                Compatibility = SchemaCompatibilityLevel.FullTransitive,
            },
            cancellationToken);
        Own(registry);
        Kafka = KafkaFor(broker.BootstrapServers);
        SchemaRegistry = registry.Url;
        return (broker.Port, registry.Url.Port);
    }

    private async Task<int> StartPostgresAsync(RememberedPorts ports, CancellationToken cancellationToken)
    {
        if (_settings.Postgres is not null)
        {
            Postgres = _settings.Postgres;
            return ports.Postgres;
        }

        PostgresServer server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                DataDirectory = Path.Combine(DataDirectory, "postgres"),
                Port = RememberedPorts.Choose(_settings.PostgresPort, ports.Postgres),
            },
            cancellationToken);
        Own(server);
        Postgres = server.ConnectionString;
        return server.Port;
    }

    private async Task<int> StartRedisAsync(RememberedPorts ports, CancellationToken cancellationToken)
    {
        if (_settings.Redis is not null)
        {
            Redis = _settings.Redis;
            return ports.Redis;
        }

        RedisServer server = await RedisServer.StartAsync(
            new RedisServerOptions { DataDirectory = Path.Combine(DataDirectory, "redis"), Port = RememberedPorts.Choose(_settings.RedisPort, ports.Redis) },
            cancellationToken);
        Own(server);
        Redis = server.Endpoint;
        return server.Port;
    }

    private KafkaOptions KafkaFor(string bootstrapServers) => new()
    {
        BootstrapServers = bootstrapServers,
        Properties = _settings.KafkaConfig is null ? new Dictionary<string, string>() : KafkaOptions.ReadProperties(_settings.KafkaConfig),
    };

    private void Own(IAsyncDisposable service)
    {
        lock (_owned)
        {
            _owned.Add(service);
        }
    }
}
