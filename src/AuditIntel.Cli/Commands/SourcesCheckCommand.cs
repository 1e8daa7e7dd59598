using System.CommandLine;
using AuditIntel.Cli.Collection;
using AuditIntel.Cli.Display;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel sources check</c>: the catalogue, and with ids or <c>--live</c> a page of each source, published nowhere.</summary>
internal static class SourcesCheckCommand
{
    public static Command Create()
    {
        Argument<string[]> ids = SourcesCommand.IdsArgument("Sources to look at, enabled or not");
        Option<string?> file = SourcesCommand.CatalogueOption();
        Option<bool> live = new("--live") { Description = "Look at every enabled source" };
        Option<bool> json = new("--json") { Description = "Print one JSON object, and nothing else on standard output" };
        Command command = new("check", "Validate the catalogue; with sources, fetch a page of each and say what it gives") { ids, file, live, json };
        command.SetAction(async (result, cancellation) =>
        {
            SourceCatalogue catalogue = SourcesCommand.Read(result.GetValue(file));
            string[] named = result.GetValue(ids) ?? [];
            IReadOnlyList<SourceDefinition> chosen =
                named.Length > 0 ? SourcesCommand.Choose(catalogue, named) : result.GetValue(live) ? [.. catalogue.Sources.Where(source => source.Enabled)] : [];
            var report = new ConsoleReport(result.InvocationConfiguration.Error, result.GetValue(json));
            TextWriter output = result.InvocationConfiguration.Output;
            IReadOnlyList<SourceCheckResult> results = chosen.Count == 0 ? [] : await SourcesCollection.CheckAsync(chosen, report, cancellation);
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(SourcesJson.Check(catalogue, results));
            }
            else
            {
                SourcesTables.WriteCheck(ConsoleReport.ConsoleFor(output), output, catalogue, results);
            }

            return catalogue.Faults.Count == 0 && results.All(each => each.IsGood) ? 0 : AuditIntelProgram.Failure;
        });
        return command;
    }
}
