using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Streaming;
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
        await roles.StartAsync(new KafkaStreams(TransactionsTopology.Build(serdes, new TransactionsOptions()), options), cancellationToken);
    }
}
