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

    /// <summary>Runs a piece of work under a display of its steps; on a console that cannot redraw, a line a step.</summary>
    public async Task WithProgressAsync(Func<IRunDisplay, Task> work)
    {
        if (Quiet)
        {
            await work(new SilentDisplay());
        }
        else if (!Console.Profile.Capabilities.Interactive)
        {
            await work(new LineDisplay(Say));
        }
        else
        {
            await Console.Progress()
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
