using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Ingestion;
using AuditIntel.Cli.Pipeline;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel ingest PATH...</c>: files and folders through the whole pipeline.</summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Argument<string[]> paths = new("PATH") { Description = "Files or folders; the platform of each file is recognised by its content", Arity = ArgumentArity.OneOrMore };
        Option<string?> platform = new("--platform") { Description = "Take every file as this platform's", HelpName = "code4rena|sherlock|firm:NAME" };
        Option<bool> json = new("--json") { Description = "Print the summary as one JSON object, and nothing else on standard output" };
        Option<bool> keep = new("--keep") { Description = "Leave the stack running in the background; stop it with 'auditintel stop'" };
        paths.Validators.Add(result =>
        {
            foreach (string path in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!File.Exists(path) && !Directory.Exists(path))
                {
                    result.AddError($"'{path}' does not exist.");
                    return;
                }
            }
        });

        Command command = new("ingest", "Feed files or folders of audit findings and chain data through the pipeline") { paths, platform, json, keep };
        var judgement = new JudgementOptionSet();
        stack.AddTo(command);
        judgement.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: result.GetValue(json));
            return await RunAsync(
                stack.Read(result), judgement.Read(result), result.GetValue(paths)!, result.GetValue(platform), result.GetValue(json), result.GetValue(keep),
                result.InvocationConfiguration.Output, report, cancellation);
        });
        return command;
    }

    /// <summary>
    /// Starts what does not run yet, feeds the paths, waits until their last row is stored, and prints the summary, to which <paramref name="judge"/> may add what the
    /// database (its connection string) says.
    /// </summary>
    public static async Task<int> RunAsync(
        StackSettings settings,
        JudgementSettings judgement,
        IReadOnlyList<string> paths,
        string? platform,
        bool json,
        bool keep,
        TextWriter output,
        ConsoleReport report,
        CancellationToken cancellation,
        Func<string, IngestionSummary, CancellationToken, Task<IngestionSummary>>? judge = null)
    {
        if (keep && (settings.BootstrapServers ?? settings.Postgres ?? settings.Redis) is not null)
        {
            throw new InvalidOperationException("--keep is for the embedded stack: given services go on by themselves.");
        }

        IngestionSummary summary;
        await using (Stack stack = await Stack.StartAsync(settings, report, cancellation))
        {
            await using RunningPipeline? pipeline = stack.Attached ? null : await RunningPipeline.StartAsync(stack, judgement, report, cancellation);
            summary = await new IngestionRun(stack, pipeline, report).RunAsync(paths, platform, cancellation);
            summary = judge is null ? summary : await judge(stack.Postgres, summary, cancellation);
            if (!json)
            {
                SummaryTable.Write(ConsoleReport.ConsoleFor(output), summary);
            }

            if (!keep)
            {
                report.Say(stack.StopsWithProgram ? "The stack stops now; './auditintel run' starts it again on the same addresses:" : "Where it is:");
                WhereToLook.Write(report, stack);
            }
        }

        if (json)
        {
            await output.WriteLineAsync(SummaryJson.Write(summary));
        }

        if (keep)
        {
            await BackgroundStack.StartAsync(settings, judgement, report, cancellation);
        }

        return 0;
    }
}
