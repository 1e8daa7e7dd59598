using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Export;
using AuditIntel.Cli.Queries;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel export patterns</c>: what is known of each type, for other programs.</summary>
internal static class ExportCommand
{
    /// <summary>More than the taxonomy has types.</summary>
    private const int AllPatterns = 10_000;

    public static Command Create() => new("export", "Write what is known for other programs") { Patterns() };

    private static Command Patterns()
    {
        Option<string> format = new("--format") { Description = "Form of the file", HelpName = "json|csv|sarif", DefaultValueFactory = _ => "json" };
        Option<string?> file = new("--out") { Description = "File to write to; without it standard output", HelpName = "FILE" };
        var stack = new StackOptionSet();
        format.AcceptOnlyFromAmong("json", "csv", "sarif");
        Command command = new("patterns", "Types of vulnerabilities with counts, references, recommendations and examples") { format, file };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: true);
            IReadOnlyList<PatternRow> patterns = await QueryCommand.AskAsync(
                stack.Read(result), report, database => database.PatternsAsync(AllPatterns, cancellation), cancellation);
            string text = result.GetValue(format) switch
            {
                "csv" => PatternsCsv.Write(patterns),
                "sarif" => PatternsSarif.Write(patterns),
                _ => PatternsJson.Write(patterns),
            };
            if (result.GetValue(file) is { } path)
            {
                await File.WriteAllTextAsync(path, text, cancellation);
                await result.InvocationConfiguration.Error.WriteLineAsync($"{patterns.Count} patterns are in {path}.");
            }
            else
            {
                await result.InvocationConfiguration.Output.WriteAsync(text);
            }

            return 0;
        });
        return command;
    }
}
