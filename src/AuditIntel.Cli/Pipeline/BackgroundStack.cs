using System.Diagnostics;
using System.Globalization;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;

namespace AuditIntel.Cli.Pipeline;

/// <summary>A stack that goes on as a process of its own: <c>auditintel run</c>, started by <c>--keep</c> and ended by <c>stop</c>.</summary>
internal static class BackgroundStack
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts it and waits until it is ready; one that runs already is left alone.</summary>
    public static async Task StartAsync(StackSettings settings, JudgementSettings judgement, ConsoleReport report, CancellationToken cancellationToken)
    {
        if (RunningStack.Find(settings.DataDirectory) is null)
        {
            string log = Path.Combine(settings.DataDirectory, "run.log");
            Spawn(log, ["run", .. settings.ToArguments(), .. judgement.ToArguments()]);
            long begin = Stopwatch.GetTimestamp();
            while (RunningStack.Find(settings.DataDirectory) is null)
            {
                if (Stopwatch.GetElapsedTime(begin) > StartTimeout)
                {
                    throw new InvalidOperationException($"The stack did not start in the background within {StartTimeout.TotalSeconds:0} s; see {log}.");
                }

                await Task.Delay(Look, cancellationToken);
            }
        }

        report.Say("The stack goes on in the background; 'auditintel stop' ends it.");
        await using Stack stack = await Stack.StartAsync(settings, report, cancellationToken);
        WhereToLook.Write(report, stack);
    }

    public static async Task StopAsync(StackSettings settings, ConsoleReport report, CancellationToken cancellationToken)
    {
        if (RunningStack.Find(settings.DataDirectory) is not { } running)
        {
            report.Say($"No stack runs on {settings.DataDirectory}.");
            return;
        }

        using (Process kill = Process.Start("kill", ["-TERM", running.Process.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        long begin = Stopwatch.GetTimestamp();
        while (RunningStack.IsOurs(running.Process))
        {
            if (Stopwatch.GetElapsedTime(begin) > StopTimeout)
            {
                throw new InvalidOperationException($"Process {running.Process} did not stop within {StopTimeout.TotalSeconds:0} s.");
            }

            await Task.Delay(Look, cancellationToken);
        }

        report.Say(string.Create(CultureInfo.InvariantCulture, $"Stopped process {running.Process}."));
    }

    /// <summary>A process that has nothing of this one: no terminal, no pipes, no group.</summary>
    private static void Spawn(string log, IEnumerable<string> arguments)
    {
        string[] command =
        [
            "-c", "log=$1; shift; setsid \"$@\" >>\"$log\" 2>&1 </dev/null &", "spawn", log,
            Environment.ProcessPath!, .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(BackgroundStack).Assembly.Location] : Array.Empty<string>(),
            .. arguments,
        ];
        using Process? shell = Process.Start("/bin/sh", command);
        shell?.WaitForExit();
    }
}
