using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AuditIntel.Soak.Tests.Streaming;

/// <summary>One process that runs the topology, with a state directory that outlives it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];

    private WorkerProcess(string stateFolder, Process process)
    {
        StateFolder = stateFolder;
        _process = process;
    }

    public string StateFolder { get; }

    /// <summary>Standard error, the last lines.</summary>
    public string Said => string.Join('\n', _said.TakeLast(40));

    public bool HasExited => _process.HasExited;

    public static WorkerProcess Start(string bootstrapServers, string stateFolder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AuditIntel.Soak.Tests.dll"), bootstrapServers, stateFolder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new Process { StartInfo = start };
        var worker = new WorkerProcess(stateFolder, process);
        process.ErrorDataReceived += (_, line) => worker._said.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, _) => { };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return worker;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it is there, holds its connections, and does nothing.</summary>
    public void Pause() => Signal("-STOP");

    public void Continue() => Signal("-CONT");

    /// <summary>SIGTERM, and waits for the orderly end.</summary>
    public void Stop()
    {
        Signal("-TERM");
        Assert.True(_process.WaitForExit(StopTimeout), $"The worker did not stop within {StopTimeout}. It said:\n{Said}");
        Assert.True(_process.ExitCode == 0, $"The worker stopped with exit code {_process.ExitCode}. It said:\n{Said}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Signal(string name)
    {
        using Process signal = Process.Start("kill", [name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
    }
}
