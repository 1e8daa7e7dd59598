using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Sinks.Transactions;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Alerts;
using AuditIntel.Topologies.Transactions;

namespace AuditIntel.Cli.Pipeline;

/// <summary>What transactions go through: topology, PostgreSQL sink, Redis sink.</summary>
internal static class TransactionsRoles
{
    /// <summary>Name of the PostgreSQL sink in its table of offsets.</summary>
    public const string SinkName = "postgres-transactions";

    public static async Task StartAsync(RoleSet roles, Stack stack, SchemaRegistryClient registry, ConsoleReport report, CancellationToken cancellationToken)
    {
        TransactionsSerdes serdes = await TransactionsSerdes.CreateAsync(registry, cancellationToken);
        var letters = new TransactionsDeadLetters(serdes, warning => report.Warn("models and labels: " + warning));
        StreamsOptions options = stack.StreamsOptions(TransactionsTopology.ApplicationId, letters.Handle, report);
        await roles.StartAsync(new KafkaStreams(TransactionsTopology.Build(serdes, new TransactionsOptions(), AlertRuleSet.Default), options), cancellationToken);
        var postgres = new PostgresTransactionsSink(new PostgresTransactionsSinkOptions
        {
            Kafka = stack.Kafka,
            SchemaRegistry = stack.SchemaRegistry,
            ConnectionString = stack.Postgres,
            SinkName = SinkName,
            GroupInstanceId = stack.InstanceId,
        });
        roles.Start(postgres, postgres.RunAsync);
    }
}
