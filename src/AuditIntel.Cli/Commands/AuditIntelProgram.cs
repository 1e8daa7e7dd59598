using System.CommandLine;
using System.CommandLine.Parsing;

namespace AuditIntel.Cli.Commands;

/// <summary>The <c>auditintel</c> program: its commands, and what it does with wrong use and failures.</summary>
internal static class AuditIntelProgram
{
    /// <summary>Exit code after wrong use: an unknown command or option, or contradictory settings.</summary>
    public const int WrongUse = 2;

    /// <summary>Exit code after a failure at run time.</summary>
    public const int Failure = 1;

    /// <summary>Exit code after Ctrl-C, as shells count it (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>How long a command may take to stop in order after Ctrl-C or SIGTERM.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Web3 security intelligence as streams: audit findings from files to Kafka to PostgreSQL.")
        {
            DemoCommand.Create(),
            IngestCommand.Create(),
            CollectCommand.Create(),
            SourcesCommand.Create(),
            RunCommand.Create(),
            StopCommand.Create(),
            QueryCommand.Create(),
            ExportCommand.Create(),
            TopicsCommand.Create(),
            BrokerCommand.Create(),
            RegistryCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            TestCommand.Create(),
            BenchCommand.Create(),
        };

        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            await error.WriteLineAsync($"{Sentence(result)} Try 'auditintel {CommandPath(result)}--help'.");
            return WrongUse;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTimeout,
            });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped.");
            return Interrupted;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync($"auditintel: {e.Message}");
            if (Environment.GetEnvironmentVariable("AUDITINTEL_TRACE") is { Length: > 0 })
            {
                await error.WriteLineAsync(e.ToString());
            }

            return Failure;
        }
    }

    private static string Sentence(ParseResult result)
    {
        // After an unknown word the parser also complains of the command that is then missing: the word is what the user has to mend.
        ParseError error = result.Errors.FirstOrDefault(each => each.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? result.Errors[0];
        string message = error.Message.Trim();
        return message[^1] is '.' or '!' or '?' ? message : message + ".";
    }

    private static string CommandPath(ParseResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return names.Count == 0 ? "" : string.Join(' ', names) + ' ';
    }
}
