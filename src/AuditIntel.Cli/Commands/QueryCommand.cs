using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Cli.Queries;
using AuditIntel.Sinks.Postgres;
using Spectre.Console;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel query findings|patterns|trends</c>: questions to the database.</summary>
internal static class QueryCommand
{
    private const string SeverityWords = "unknown|gas|informational|low|medium|high|critical";

    public static Command Create() => new("query", "Ask what is stored: findings, patterns (types with their risk), trends") { Findings(), Patterns(), Trends() };

    /// <summary>Asks the database of the stack, which is started where it does not run.</summary>
    public static async Task<T> AskAsync<T>(StackSettings settings, ConsoleReport report, Func<FindingsDatabase, Task<T>> question, CancellationToken cancellation)
    {
        await using Stack stack = await Stack.StartAsync(settings, report, cancellation);
        await new PostgresMigrator(stack.Postgres).MigrateAsync(cancellation);
        return await question(new FindingsDatabase(stack.Postgres));
    }

    private static Command Findings()
    {
        Option<string?> severity = new("--severity") { Description = "At least this severe", HelpName = SeverityWords };
        Option<string?> type = new("--type") { Description = "Type of the taxonomy, such as reentrancy", HelpName = "TYPE" };
        Option<string?> platform = new("--platform") { Description = "Platform, such as code4rena", HelpName = "NAME" };
        Option<string?> contest = new("--contest") { Description = "Contest or engagement", HelpName = "ID" };
        Option<string?> text = new("--text") { Description = "Words of title or body", HelpName = "TEXT" };
        Option<DateOnly?> since = new("--since") { Description = "Published on this day or later", HelpName = "YYYY-MM-DD" };
        Option<string?> duplicatesOf = new("--duplicates-of") { Description = "What repeats this finding, instead of findings", HelpName = "ID" };
        severity.AcceptOnlyFromAmong(SeverityWords.Split('|'));
        Command command = new("findings", "Findings, most severe and newest first") { severity, type, platform, contest, text, since, duplicatesOf };
        return Question(
            command,
            (database, result, limit, cancellation) => database.FindingsAsync(
                new FindingFilter
                {
                    Severity = result.GetValue(severity),
                    Type = result.GetValue(type),
                    Platform = result.GetValue(platform),
                    Contest = result.GetValue(contest),
                    Text = result.GetValue(text),
                    Since = result.GetValue(since),
                    DuplicatesOf = result.GetValue(duplicatesOf),
                    Limit = limit,
                },
                cancellation),
            QueryTables.Write,
            QueryJson.Default.IReadOnlyListFindingRow);
    }

    private static Command Patterns() => Question(
        new Command("patterns", "Types of vulnerabilities by risk (10 for each critical finding, 7 high, 4 medium, 1 low), with examples in JSON"),
        (database, _, limit, cancellation) => database.PatternsAsync(limit, cancellation),
        QueryTables.Write,
        QueryJson.Default.IReadOnlyListPatternRow);

    private static Command Trends()
    {
        Option<int> days = new("--days") { Description = "Length of the window", HelpName = "7|30|90", DefaultValueFactory = _ => 30 };
        Option<string> by = new("--by") { Description = "What findings are told apart by", HelpName = "all|type|platform|severity", DefaultValueFactory = _ => "type" };
        days.AcceptOnlyFromAmong("7", "30", "90");
        by.AcceptOnlyFromAmong("all", "type", "platform", "severity");
        return Question(
            new Command("trends", "The newest window beside the one before it, and what emerges") { days, by },
            (database, result, limit, cancellation) => database.TrendsAsync(result.GetValue(days), result.GetValue(by)!, limit, cancellation),
            QueryTables.Write,
            QueryJson.Default.TrendAnswer);
    }

    private static Command Question<T>(
        Command command,
        Func<FindingsDatabase, ParseResult, int, CancellationToken, Task<T>> ask,
        Action<IAnsiConsole, T> write,
        JsonTypeInfo<T> form)
    {
        var stack = new StackOptionSet();
        Option<int> limit = new("--limit") { Description = "Most rows", HelpName = "N", DefaultValueFactory = _ => 20 };
        Option<bool> json = new("--json") { Description = "Print the answer as JSON, and nothing else on standard output" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--limit must be 1 or more.");
            }
        });
        command.Options.Add(limit);
        command.Options.Add(json);
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            // What starts and stops for a question is not what was asked for.
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: true);
            T answer = await AskAsync(stack.Read(result), report, database => ask(database, result, result.GetValue(limit), cancellation), cancellation);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(answer, form));
            }
            else
            {
                write(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), answer);
            }

            return 0;
        });
        return command;
    }
}
