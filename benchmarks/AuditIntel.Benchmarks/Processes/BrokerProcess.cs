using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuditIntel.DevStack;

namespace AuditIntel.Processes;

/// <summary>
/// <c>auditintel broker</c> as a process of its own, on one port and one data folder over all its starts. It can be stopped in order, killed
/// with SIGKILL and started again.
/// </summary>
/// <param name="dataFolder">Folder of its log.</param>
/// <param name="wrapper">A command that runs the command after it in its own place, such as <c>nice</c>; null for none.</param>
internal sealed class BrokerProcess(string dataFolder, IReadOnlyList<string>? wrapper = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePort.Choose(0);
    private Process? _process;

    public string BootstrapServers => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public int Id => Running.Id;

    private Process Running => _process ?? throw new InvalidOperationException("The broker's process is not running.");

    /// <summary>Starts the program and waits for its first accepted connection.</summary>
    /// <returns>From the start of the process to that connection.</returns>
    public async Task<TimeSpan> StartAsync(CancellationToken cancellationToken)
    {
        string[] command =
        [
            .. wrapper ?? [],
            "dotnet", Path.Combine(AppContext.BaseDirectory, "auditintel.dll"),
            "broker", "--port", _port.ToString(CultureInfo.InvariantCulture), "--data-dir", dataFolder,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        long begin = Stopwatch.GetTimestamp();
        _process = new Process { StartInfo = start };
        var said = new List<string>();
        _process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                return Stopwatch.GetElapsedTime(begin);
            }
            catch (SocketException)
            {
                if (_process.HasExited || Stopwatch.GetElapsedTime(begin) > StartTimeout)
                {
                    throw new InvalidOperationException($"The broker does not listen on port {_port}. It said:\n{string.Join('\n', said)}");
                }

                await Task.Delay(1, cancellationToken);
            }
        }
    }

    /// <summary>Ends it at once, in whatever it is doing (SIGKILL).</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
        Release();
    }

    /// <summary>Asks it to end in order (SIGTERM) and waits for that.</summary>
    public async Task StopAsync()
    {
        using (Process signal = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        using var deadline = new CancellationTokenSource(StopTimeout);
        await Running.WaitForExitAsync(deadline.Token);
        Release();
    }

    /// <summary>Resident memory in bytes: now, and the highest since the start.</summary>
    public (long Now, long Peak) Memory()
    {
        Running.Refresh();
        return (Running.WorkingSet64, Running.PeakWorkingSet64);
    }

    public TimeSpan ProcessorTime()
    {
        Running.Refresh();
        return Running.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        Release();
    }

    private static void Keep(List<string> said, string? line)
    {
        if (line is not null)
        {
            lock (said)
            {
                said.Add(line);
            }
        }
    }

    private void Release()
    {
        _process?.Dispose();
        _process = null;
    }
}
