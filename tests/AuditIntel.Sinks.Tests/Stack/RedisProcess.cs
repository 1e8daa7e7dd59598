using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A private Redis on a free loopback port, nothing on disk; can be ended and started again on the same port.</summary>
public sealed class RedisProcess : IDisposable
{
    private Process? _process;

    public RedisProcess()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Start();
    }

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    public void Start() => _process = Process.Start(
        new ProcessStartInfo(
            "redis-server",
            ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        });

    public void Stop()
    {
        _process?.Kill();
        _process?.WaitForExit(TimeSpan.FromSeconds(10));
        _process?.Dispose();
        _process = null;
    }

    public void Dispose() => Stop();
}
