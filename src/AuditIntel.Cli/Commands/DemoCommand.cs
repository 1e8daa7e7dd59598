using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Demo;
using AuditIntel.Cli.Display;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel demo</c>: the bundled sample through the whole pipeline.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Option<bool> json = new("--json") { Description = "Print the summary as one JSON object, and nothing else on standard output" };
        Option<bool> keep = new("--keep") { Description = "Leave the stack running in the background; stop it with 'auditintel stop'" };
        Command command = new("demo", "Stream the bundled sample through the pipeline and print what came of it") { json, keep };
        var judgement = new JudgementOptionSet();
        stack.AddTo(command);
        judgement.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            StackSettings settings = stack.Read(result);
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: result.GetValue(json));
            return await IngestCommand.RunAsync(
                settings, judgement.Read(result), [SampleFolder.Path], platform: null, result.GetValue(json), result.GetValue(keep),
                result.InvocationConfiguration.Output, report, cancellation, SampleTruth.JudgeAsync);
        });
        return command;
    }
}
