using AuditIntel.Avro;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Cli.Pipeline;

/// <summary>Everything between the topics of the collectors and the database: topologies and sinks of findings and of transactions.</summary>
internal sealed class RunningPipeline : IAsyncDisposable
{
    private readonly SchemaRegistryClient _registry;
    private readonly RoleSet _roles = new();

    private RunningPipeline(SchemaRegistryClient registry) => _registry = registry;

    /// <summary>Ends when a role has ended; faults with its cause when it has failed.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Creates topics and tables that are missing, registers the schemas and starts the roles.</summary>
    public static async Task<RunningPipeline> StartAsync(Stack stack, JudgementSettings judgement, ConsoleReport report, CancellationToken cancellationToken)
    {
        await ProductTopics.EnsureAsync(stack.Kafka, warning => report.Warn("kafka: " + warning), cancellationToken);
        await new PostgresMigrator(stack.Postgres).MigrateAsync(cancellationToken);
        var pipeline = new RunningPipeline(new SchemaRegistryClient(stack.SchemaRegistry));
        try
        {
            await StarterModel.EnsureAsync(stack, pipeline._registry, report, cancellationToken);
            await Task.WhenAll(
                FindingsRoles.StartAsync(pipeline._roles, stack, pipeline._registry, report, cancellationToken),
                TransactionsRoles.StartAsync(pipeline._roles, stack, judgement, pipeline._registry, report, cancellationToken));
            pipeline.Completion = pipeline._roles.Completion;
            return pipeline;
        }
        catch
        {
            await pipeline.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _roles.DisposeAsync();
        _registry.Dispose();
    }
}
