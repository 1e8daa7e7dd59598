using System.Diagnostics;

namespace AuditIntel.DevStack.Services;

/// <summary>
/// A server program as a child that cannot outlive this process: a shell between the two waits for the end of its standard input, which comes when
/// this process closes it or dies in whatever way, and then asks the server to stop.
/// </summary>
internal sealed class PrivateProcess : IAsyncDisposable
{
    /// <summary>
    /// $1 is the signal for an orderly stop, $2 the log file; the rest is the command. The signal is repeated until the server has ended: a shell starts
    /// what runs beside it with interrupts ignored, so one that comes before the server has set its own handler is lost. The output of the shell goes to
    /// the log as well, or whoever reads what this process prints would wait for the servers' end after a kill.
    /// </summary>
    private const string Guard =
        """
        signal=$1; log=$2; shift 2
        exec 3<&0 </dev/null >>"$log" 2>&1
        "$@" 3<&- &
        server=$!
        (
          cat <&3 >/dev/null
          exec 3<&-
          while kill -"$signal" $server 2>/dev/null; do sleep 0.2; done
        ) &
        watcher=$!
        trap '' INT TERM HUP
        exec 3<&-
        wait $server
        code=$?
        kill $watcher 2>/dev/null
        exit $code
        """;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _log;

    private PrivateProcess(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    public bool HasExited => _process.HasExited;

    /// <param name="stopSignal">Signal that stops the server in order: INT, TERM.</param>
    /// <param name="log">File that its output is appended to.</param>
    /// <param name="command">Program and arguments.</param>
    public static PrivateProcess Start(string stopSignal, string log, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in new[] { "-c", Guard, "guard", stopSignal, log }.Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        return new PrivateProcess(Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} cannot be started."), log);
    }

    /// <summary>Waits until the server answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; the message has the end of its log.</exception>
    public async Task WaitUntilAsync(string server, Func<CancellationToken, Task<bool>> answers, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await answers(cancellationToken).ConfigureAwait(false))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begin) > timeout)
            {
                string[] lines = File.Exists(_log) ? await File.ReadAllLinesAsync(_log, cancellationToken).ConfigureAwait(false) : [];
                string end = string.Join('\n', lines.TakeLast(12));
                throw new InvalidOperationException(
                    $"{server} {(_process.HasExited ? "ended at once" : $"did not answer within {timeout.TotalSeconds:0} s")}. The end of {_log}:\n{end}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the server in order; kills it when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
