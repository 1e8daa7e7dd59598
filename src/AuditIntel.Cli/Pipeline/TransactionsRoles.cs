using AuditIntel.Avro;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts;
using AuditIntel.Sinks.Redis;
using AuditIntel.Sinks.Transactions;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Alerts;
using AuditIntel.Topologies.Transactions;

namespace AuditIntel.Cli.Pipeline;

/// <summary>What transactions go through: topology, PostgreSQL sink, Redis sink, alerts.</summary>
internal static class TransactionsRoles
{
    /// <summary>Name of the PostgreSQL sink in its table of offsets.</summary>
    public const string SinkName = "postgres-transactions";

    /// <exception cref="ConfigurationException">The file of alert rules is not valid; every fault stands in the message.</exception>
    public static async Task StartAsync(
        RoleSet roles, Stack stack, JudgementSettings judgement, SchemaRegistryClient registry, ConsoleReport report, CancellationToken cancellationToken)
    {
        ConfigurationFile alerts = AlertConfiguration.Read(judgement.Alerts);
        AlertRuleSet rules = AlertRuleSet.Read(alerts);
        var judging = new TransactionsOptions { Thresholds = judgement.Severities };
        TransactionsSerdes serdes = await TransactionsSerdes.CreateAsync(registry, cancellationToken);
        var letters = new TransactionsDeadLetters(serdes, warning => report.Warn("models and labels: " + warning));
        StreamsOptions options = stack.StreamsOptions(TransactionsTopology.ApplicationId, letters.Handle, report);
        await roles.StartAsync(new KafkaStreams(TransactionsTopology.Build(serdes, judging, rules), options), cancellationToken);
        var postgres = new PostgresTransactionsSink(new PostgresTransactionsSinkOptions
        {
            Kafka = stack.Kafka,
            SchemaRegistry = stack.SchemaRegistry,
            ConnectionString = stack.Postgres,
            SinkName = SinkName,
            GroupInstanceId = stack.InstanceId,
        });
        roles.Start(postgres, postgres.RunAsync);
        var redis = new RedisTransactionsSink(new RedisTransactionsSinkOptions { Kafka = stack.Kafka, SchemaRegistry = stack.SchemaRegistry, Redis = stack.Redis });
        roles.Start(redis, redis.RunAsync);
        if (judgement.Delivers)
        {
            var dispatcher = new AlertDispatcher(new AlertDispatcherOptions
            {
                Kafka = stack.Kafka,
                SchemaRegistry = stack.SchemaRegistry,
                Channels = AlertChannelSet.Read(alerts),
                GroupInstanceId = stack.InstanceId,
            });
            roles.Start(dispatcher, dispatcher.RunAsync);
        }
    }
}
