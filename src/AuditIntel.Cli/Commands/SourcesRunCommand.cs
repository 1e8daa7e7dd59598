using System.CommandLine;
using AuditIntel.Cli.Collection;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel sources run</c>: live sources onto their topics, each on its schedule.</summary>
internal static class SourcesRunCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Argument<string[]> ids = SourcesCommand.IdsArgument("Sources to collect, enabled or not; without any, every enabled one");
        Option<string?> file = SourcesCommand.CatalogueOption();
        Option<bool> once = new("--once") { Description = "One pass of each at once, whatever its schedule, and the end" };
        Option<int> parallel = new("--parallel") { Description = "Most sources at work at once", HelpName = "N", DefaultValueFactory = _ => SourcesCollection.UsualParallel };
        Option<bool> json = new("--json") { Description = "With --once: print how each source ended as one JSON object, and nothing else on standard output" };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--parallel must be from 1 to 256.");
            }
        });
        Command command = new("run", "Collect sources onto their topics, each on its schedule, until Ctrl-C") { ids, file, once, parallel, json };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            SourceCatalogue catalogue = SourcesCommand.Read(result.GetValue(file));
            var report = new ConsoleReport(result.InvocationConfiguration.Error, result.GetValue(json));
            IReadOnlyList<SourceDefinition> chosen = SourcesCommand.ToCollect(catalogue, result.GetValue(ids) ?? [], report);
            await using Stack services = await Stack.StartAsync(stack.Read(result).KafkaOnly(), report, cancellation);
            IReadOnlyList<SourceStatus> ended =
                await new SourcesCollection(services, report).RunAsync(chosen, result.GetValue(once), result.GetValue(parallel), cancellation);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(SourcesJson.Run(ended));
            }
            else if (ended.Count > 0)
            {
                SourcesTables.WriteRun(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), ended);
            }

            return ended.Any(status => status.Condition is SourceCondition.Failing) ? AuditIntelProgram.Failure : 0;
        });
        return command;
    }
}
