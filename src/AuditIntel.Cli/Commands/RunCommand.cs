using System.CommandLine;
using AuditIntel.Cli.Collection;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Metrics;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Sources.Catalogue;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel run</c>: all roles, and live sources if asked for, until they are told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Command command = new("run", "Keep all roles running: the embedded stack (or given services), topologies and sinks, until Ctrl-C");
        var judgement = new JudgementOptionSet();
        var metrics = new MetricsOption();
        Option<bool> sources = new("--sources") { Description = "Collect the enabled live sources as well, each on its schedule" };
        Option<string?> catalogue = SourcesCommand.CatalogueOption();
        stack.AddTo(command);
        judgement.AddTo(command);
        metrics.AddTo(command);
        command.Options.Add(sources);
        command.Options.Add(catalogue);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            IReadOnlyList<SourceDefinition> collected =
                result.GetValue(sources) ? SourcesCommand.ToCollect(SourcesCommand.Read(result.GetValue(catalogue)), [], report) : [];
            await using MetricsEndpoint? endpoint = await metrics.StartAsync(result, url => report.Say($"Metrics are at {url}."), cancellation);
            await using Stack services = await Stack.StartAsync(stack.Read(result), report, cancellation);
            if (services.Attached)
            {
                throw new InvalidOperationException(
                    $"A stack already runs on {services.DataDirectory} (process {services.OwnerProcess}); stop it with 'auditintel stop'.");
            }

            await using RunningPipeline pipeline = await RunningPipeline.StartAsync(services, judgement.Read(result) with { Delivers = true }, report, cancellation);
            services.Announce();
            WhereToLook.Write(report, services);
            report.Say("Running. Ctrl-C stops it.");
            try
            {
                Task collection = collected.Count > 0
                    ? new SourcesCollection(services, report).RunAsync(collected, once: false, SourcesCollection.UsualParallel, cancellation)
                    : Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                await await Task.WhenAny(pipeline.Completion.WaitAsync(cancellation), collection);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                report.Say("Stopping ...");
            }

            return 0;
        });
        return command;
    }
}
