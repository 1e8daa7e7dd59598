using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Alerts;

/// <summary>Debian's prometheus-alertmanager on a port of its own.</summary>
internal sealed class AlertmanagerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertmanager-").FullName;
    private readonly HttpClient _client = new();
    private readonly Process _process;

    private AlertmanagerProcess()
    {
        int port = FreePort();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        string config = Path.Combine(_folder, "alertmanager.yml");
        File.WriteAllText(config, "route: { receiver: none }\nreceivers: [{ name: none }]\n");
        var start = new ProcessStartInfo("prometheus-alertmanager") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments = ["--config.file=" + config, "--storage.path=" + _folder, "--web.listen-address=127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture), "--cluster.listen-address="];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("prometheus-alertmanager did not start.");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Url { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">It is not installed: <c>apt-get install prometheus-alertmanager</c>.</exception>
    public static async Task<AlertmanagerProcess> StartAsync()
    {
        var alertmanager = new AlertmanagerProcess();
        await Wait.UntilAsync(async () =>
        {
            try
            {
                using HttpResponseMessage ready = await alertmanager._client.GetAsync(new Uri(alertmanager.Url + "/-/ready"));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return alertmanager._process.HasExited ? throw new InvalidOperationException("prometheus-alertmanager ended.") : false;
            }
        });
        return alertmanager;
    }

    /// <summary>The alerts that stand.</summary>
    public async Task<JsonElement[]> ActiveAsync() =>
        [.. JsonDocument.Parse(await _client.GetStringAsync(new Uri(Url + "/api/v2/alerts?active=true"))).RootElement.EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
