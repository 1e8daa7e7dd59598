using System.CommandLine;
using AuditIntel.Avro;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel sources list</c>: the catalogue, and how far each source is when a stack runs.</summary>
internal static class SourcesListCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Option<string?> file = SourcesCommand.CatalogueOption();
        Option<bool> json = new("--json") { Description = "Print one JSON object, and nothing else on standard output" };
        Command command = new("list", "Print the sources of the catalogue, and how far they are when a stack runs") { file, json };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            SourceCatalogue catalogue = SourcesCommand.Read(result.GetValue(file));
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: true);
            IReadOnlyDictionary<string, SourceProgress>? progress = await ProgressAsync(stack.Read(result), report, cancellation);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(SourcesJson.List(catalogue, progress));
            }
            else
            {
                SourcesTables.WriteList(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), catalogue, progress);
            }

            foreach (CatalogueFault fault in catalogue.Faults)
            {
                report.Warn(fault.ToString());
            }

            return 0;
        });
        return command;
    }

    /// <summary>Null when no stack runs: a list of sources is no reason to start one.</summary>
    private static async Task<IReadOnlyDictionary<string, SourceProgress>?> ProgressAsync(StackSettings settings, ConsoleReport report, CancellationToken cancellation)
    {
        if (settings.BootstrapServers is null && RunningStack.Find(settings.DataDirectory) is null)
        {
            return null;
        }

        await using Stack services = await Stack.StartAsync(settings.KafkaOnly(), report, cancellation);
        using var admin = new TopicAdmin(services.Kafka, report.Warn);
        await admin.EnsureTopicsAsync([new TopicSpec(Topics.SourceCursors.Name, Topics.SourceCursors.Partitions, Topics.SourceCursors.Config)], cancellation);
        using var registry = new SchemaRegistryClient(services.SchemaRegistry);
        using TopicSourceCursors cursors = await TopicSourceCursors.CreateAsync(services.Kafka, registry, report.Warn, cancellation);
        return await SourceProgress.LoadAsync(cursors, cancellation);
    }
}
