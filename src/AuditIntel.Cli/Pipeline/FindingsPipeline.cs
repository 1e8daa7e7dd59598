using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Redis;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Cli.Pipeline;

/// <summary>The roles between raw topic and database: topology, PostgreSQL sink, Redis sink.</summary>
internal sealed class FindingsPipeline : IAsyncDisposable
{
    private readonly SchemaRegistryClient _registry;
    private readonly KafkaStreams _streams;
    private readonly PostgresFindingsSink _postgres;
    private readonly RedisFindingsSink _redis;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _running;

    private FindingsPipeline(SchemaRegistryClient registry, KafkaStreams streams, PostgresFindingsSink postgres, RedisFindingsSink redis)
    {
        _registry = registry;
        _streams = streams;
        _postgres = postgres;
        _redis = redis;
        _running = [streams.Completion, postgres.RunAsync(_stop.Token), redis.RunAsync(_stop.Token)];
        Completion = FirstEndAsync();
    }

    /// <summary>Ends when a role has ended; faults with its cause when it has failed.</summary>
    public Task Completion { get; }

    /// <summary>Creates topics and tables that are missing, registers the schemas and starts the roles.</summary>
    public static async Task<FindingsPipeline> StartAsync(Stack stack, ConsoleReport report, CancellationToken cancellationToken)
    {
        await CreateTopicsAsync(stack.Kafka, report, cancellationToken);
        await new PostgresMigrator(stack.Postgres).MigrateAsync(cancellationToken);
        var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        FindingsSerdes serdes = await FindingsSerdes.CreateAsync(registry, cancellationToken);
        var streams = new KafkaStreams(FindingsTopology.Build(serdes), new StreamsOptions
        {
            ApplicationId = FindingsTopology.ApplicationId,
            Kafka = stack.Kafka,
            InstanceId = stack.InstanceId,
            Guarantee = ProcessingGuarantee.ExactlyOnce,
            StateDirectory = Path.Combine(stack.DataDirectory, "streams"),
            OnError = new FindingsDeadLetters(serdes).Handle,
            OnWarning = warning => report.Warn("topology: " + warning),
        });
        await streams.StartAsync(cancellationToken);
        var postgres = new PostgresFindingsSink(new PostgresFindingsSinkOptions
        {
            Kafka = stack.Kafka,
            SchemaRegistry = stack.SchemaRegistry,
            ConnectionString = stack.Postgres,
            SinkName = SinkName,
            GroupInstanceId = stack.InstanceId,
        });
        var redis = new RedisFindingsSink(new RedisFindingsSinkOptions { Kafka = stack.Kafka, SchemaRegistry = stack.SchemaRegistry, Redis = stack.Redis });
        return new FindingsPipeline(registry, streams, postgres, redis);
    }

    /// <summary>Name of the PostgreSQL sink in its table of offsets.</summary>
    public const string SinkName = "postgres-findings";

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
        _registry.Dispose();
        _stop.Dispose();
    }

    private static async Task CreateTopicsAsync(KafkaOptions kafka, ConsoleReport report, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(kafka, warning => report.Warn("kafka: " + warning));
        await admin.EnsureTopicsAsync([.. Topics.All.Select(topic => new TopicSpec(topic.Name, topic.Partitions, topic.Config))], cancellationToken);
    }

    private async Task FirstEndAsync() => await await Task.WhenAny(_running);
}
