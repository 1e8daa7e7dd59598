using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>What a command says while it works: to standard error, so that standard output holds results only.</summary>
internal sealed class ConsoleReport
{
    private const int WidthWithoutTerminal = 160;

    private readonly TextWriter _error;
    private readonly IAnsiConsole _console;

    public ConsoleReport(TextWriter error, bool quiet)
    {
        _error = error;
        _console = ConsoleFor(error);
        Quiet = quiet;
    }

    /// <summary>True with <c>--json</c>: only warnings are printed.</summary>
    public bool Quiet { get; }

    /// <summary>A console for tables. What goes to a file or pipe is not broken at the width of a terminal that is not there.</summary>
    public static IAnsiConsole ConsoleFor(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }

    /// <summary>A line as it is, to be copied whole.</summary>
    public void Say(string line)
    {
        if (!Quiet)
        {
            _error.WriteLine(line);
        }
    }

    public void Warn(string line) => _console.MarkupLineInterpolated($"[yellow]{line}[/]");

    /// <summary>Runs a piece of work under a display of its steps; on a console that cannot redraw, a line a step.</summary>
    public async Task WithProgressAsync(Func<IRunDisplay, Task> work)
    {
        if (Quiet)
        {
            await work(new SilentDisplay());
        }
        else if (!_console.Profile.Capabilities.Interactive)
        {
            await work(new LineDisplay(Say));
        }
        else
        {
            await _console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(context => work(new BarDisplay(context)));
        }
    }

    private sealed class SilentDisplay : IRunDisplay
    {
        public void Show(string step, long done, long total)
        {
        }
    }

    private sealed class LineDisplay(Action<string> say) : IRunDisplay
    {
        private readonly HashSet<string> _shown = [];

        public void Show(string step, long done, long total)
        {
            if (_shown.Add(step))
            {
                say($"  {step} ...");
            }
        }
    }

    private sealed class BarDisplay(ProgressContext context) : IRunDisplay
    {
        private readonly Dictionary<string, ProgressTask> _steps = [];

        public void Show(string step, long done, long total)
        {
            if (!_steps.TryGetValue(step, out ProgressTask? task))
            {
                task = context.AddTask(step);
                _steps.Add(step, task);
            }

            task.MaxValue = Math.Max(1, total);
            task.Value = total == 0 ? 1 : done;
        }
    }
}
