using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Insights;
using AuditIntel.Sinks.Redis;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Findings;
using AuditIntel.Topologies.Trends;

namespace AuditIntel.Cli.Pipeline;

/// <summary>What findings go through: topology, trends, PostgreSQL sinks, Redis sink.</summary>
internal static class FindingsRoles
{
    /// <summary>Name of the PostgreSQL sink in its table of offsets.</summary>
    public const string SinkName = "postgres-findings";

    /// <summary>Name of the sink of trends in that table.</summary>
    public const string InsightsSinkName = "postgres-insights";

    public static async Task StartAsync(RoleSet roles, Stack stack, SchemaRegistryClient registry, ConsoleReport report, CancellationToken cancellationToken)
    {
        FindingsSerdes serdes = await FindingsSerdes.CreateAsync(registry, cancellationToken);
        StreamsOptions options = stack.StreamsOptions(FindingsTopology.ApplicationId, new FindingsDeadLetters(serdes).Handle, report);
        await roles.StartAsync(new KafkaStreams(FindingsTopology.Build(serdes), options), cancellationToken);
        await StartTrendsAsync(roles, stack, registry, report, cancellationToken);
        var postgres = new PostgresFindingsSink(new PostgresFindingsSinkOptions
        {
            Kafka = stack.Kafka,
            SchemaRegistry = stack.SchemaRegistry,
            ConnectionString = stack.Postgres,
            SinkName = SinkName,
            GroupInstanceId = stack.InstanceId,
        });
        roles.Start(postgres, postgres.RunAsync);
        var redis = new RedisFindingsSink(new RedisFindingsSinkOptions { Kafka = stack.Kafka, SchemaRegistry = stack.SchemaRegistry, Redis = stack.Redis });
        roles.Start(redis, redis.RunAsync);
    }

    private static async Task StartTrendsAsync(RoleSet roles, Stack stack, SchemaRegistryClient registry, ConsoleReport report, CancellationToken cancellationToken)
    {
        TrendsSerdes serdes = await TrendsSerdes.CreateAsync(registry, cancellationToken);
        StreamsOptions options = stack.StreamsOptions(TrendsTopology.ApplicationId, new TrendsDeadLetters(serdes).Handle, report);
        await roles.StartAsync(new KafkaStreams(TrendsTopology.Build(serdes), options), cancellationToken);
        var insights = new PostgresInsightsSink(new PostgresInsightsSinkOptions
        {
            Kafka = stack.Kafka,
            SchemaRegistry = stack.SchemaRegistry,
            ConnectionString = stack.Postgres,
            SinkName = InsightsSinkName,
            GroupInstanceId = stack.InstanceId,
        });
        roles.Start(insights, insights.RunAsync);
    }
}
