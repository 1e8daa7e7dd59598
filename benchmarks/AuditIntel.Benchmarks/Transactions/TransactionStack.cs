using AuditIntel.Avro;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Alerts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Transactions;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Alerts;
using AuditIntel.Topologies.Transactions;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>A broker with the product's topics, a registry and a private PostgreSQL, on which the roles of transactions are started one by one.</summary>
internal sealed class TransactionStack : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly EmbeddedSchemaRegistry _registry;
    private readonly PostgresServer _postgres;
    private readonly TransactionsSerdes _serdes;

    private TransactionStack(string folder, KafkaOptions kafka, EmbeddedSchemaRegistry registry, SchemaRegistryClient client, PostgresServer postgres, TransactionsSerdes serdes)
    {
        _folder = folder;
        Kafka = kafka;
        _registry = registry;
        Registry = client;
        _postgres = postgres;
        _serdes = serdes;
        Admin = new TopicAdmin(kafka);
    }

    public KafkaOptions Kafka { get; }

    public SchemaRegistryClient Registry { get; }

    public TopicAdmin Admin { get; }

    public string Database => _postgres.ConnectionString;

    /// <exception cref="InvalidOperationException">The product works on that Kafka already.</exception>
    public static async Task<TransactionStack> StartAsync(IBenchmarkBroker broker, CancellationToken cancellationToken)
    {
        var kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers };
        await ProductTopics.EnsureAsync(kafka, onWarning: null, cancellationToken);
        using (var admin = new TopicAdmin(kafka))
        {
            IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync([Topics.ChainTransactions.Name, Topics.ScoredTransactions.Name], cancellationToken);
            if (ranges.Any(range => range.End > 0))
            {
                throw new InvalidOperationException(
                    $"{broker.Description} holds transactions of AuditIntel already; this benchmark would write invented ones between them. Give a Kafka without them.");
            }
        }

        string folder = Directory.CreateTempSubdirectory("auditintel-bench-transactions-").FullName;
        EmbeddedSchemaRegistry registry = await EmbeddedSchemaRegistry.StartAsync(new EmbeddedSchemaRegistryOptions { BootstrapServer = broker.BootstrapServers }, cancellationToken);
        PostgresServer postgres = await PostgresServer.StartAsync(
            new PostgresServerOptions { DataDirectory = Path.Combine(folder, "postgres"), Port = FreePort.Choose(0) }, cancellationToken);
        await new PostgresMigrator(postgres.ConnectionString).MigrateAsync(cancellationToken);
        var client = new SchemaRegistryClient(registry.Url);
        return new TransactionStack(folder, kafka, registry, client, postgres, await TransactionsSerdes.CreateAsync(client, cancellationToken));
    }

    /// <summary>Returns when the topology takes records.</summary>
    public async Task<KafkaStreams> StartTopologyAsync(ConfigurationFile alerts)
    {
        var streams = new KafkaStreams(
            TransactionsTopology.Build(_serdes, new TransactionsOptions(), AlertRuleSet.Read(alerts)),
            new StreamsOptions
            {
                ApplicationId = TransactionsTopology.ApplicationId,
                Kafka = Kafka,
                InstanceId = "bench",
                Guarantee = ProcessingGuarantee.ExactlyOnce,
                StateDirectory = Path.Combine(_folder, "streams"),
                OnError = new TransactionsDeadLetters(_serdes).Handle,
            });
        var ready = new TaskCompletionSource();
        streams.StateChanged += (_, to) =>
        {
            if (to == StreamsState.Running)
            {
                ready.TrySetResult();
            }
        };
        await streams.StartAsync();
        await ready.Task.WaitAsync(StartTimeout);
        return streams;
    }

    public PostgresTransactionsSink CreateSink() => new(new PostgresTransactionsSinkOptions
    {
        Kafka = Kafka,
        SchemaRegistry = _registry.Url,
        ConnectionString = Database,
        SinkName = "bench",
        GroupInstanceId = "bench",
    });

    public AlertDispatcher CreateDispatcher(ConfigurationFile alerts) => new(new AlertDispatcherOptions
    {
        Kafka = Kafka,
        SchemaRegistry = _registry.Url,
        Channels = AlertChannelSet.Read(alerts),
        GroupInstanceId = "bench",
    });

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Registry.Dispose();
        await _registry.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
