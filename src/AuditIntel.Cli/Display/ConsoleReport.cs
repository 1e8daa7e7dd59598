using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>What a command says while it works: to standard error, so that standard output holds results only.</summary>
internal sealed class ConsoleReport
{
    public ConsoleReport(TextWriter error, bool quiet)
    {
        Quiet = quiet;
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
    }

    /// <summary>True with <c>--json</c>: only warnings are printed.</summary>
    public bool Quiet { get; }

    public IAnsiConsole Console { get; }

    public void Say(string line)
    {
        if (!Quiet)
        {
            Console.WriteLine(line);
        }
    }

    public void Warn(string line) => Console.MarkupLineInterpolated($"[yellow]{line}[/]");
}
