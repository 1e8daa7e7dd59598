using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>A broker on a folder of its own, which can be stopped and started again.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TimeProvider _clock;
    private EmbeddedBroker _broker = null!;

    private readonly Dictionary<string, string> _users;
    private readonly X509Certificate2? _certificate;

    private TestBroker(TimeProvider clock, Dictionary<string, string> users, X509Certificate2? certificate)
    {
        _certificate = certificate;
        _clock = clock;
        _users = users;
    }

    public EmbeddedBroker Broker => _broker;

    public string Servers => _broker.BootstrapServers;

    public int Port => _broker.Port;

    public ConcurrentQueue<string> Warnings { get; } = [];

    /// <value>Every API that was asked for since the start, restarts included, by client id and version, and how often.</value>
    public ConcurrentDictionary<(string Client, ApiKey Api, short Version), int> Requested { get; } = [];

    public static async Task<TestBroker> StartAsync(
        TimeProvider? clock = null, Dictionary<string, string>? users = null, X509Certificate2? certificate = null)
    {
        var test = new TestBroker(clock ?? TimeProvider.System, users ?? [], certificate);
        await test.OpenAsync(0);
        return test;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Until <see cref="StartAgainAsync"/>, which takes the same port.</summary>
    public async Task StopAsync() => await _broker.DisposeAsync();

    public Task StartAgainAsync() => OpenAsync(_broker.Port);

    /// <summary>A second broker on a copy of the files as they are this moment: what kill -9 would leave.</summary>
    public async Task<(EmbeddedBroker Broker, TempFolder Folder)> StartFromCrashAsync()
    {
        var copy = _folder.Snapshot();
        return (await EmbeddedBroker.StartAsync(new() { DataDirectory = copy.Path, Clock = _clock }), copy);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync(int port) => _broker = await EmbeddedBroker.StartAsync(new()
    {
        DataDirectory = _folder.Path,
        Port = port,
        OnWarning = Warnings.Enqueue,
        OnRequest = (client, api, version) => Requested.AddOrUpdate((client, api, version), 1, (_, count) => count + 1),
        Clock = _clock,
        Certificate = _certificate,
        Users = _users,
        MaxRequestBytes = 4 << 20,
    });
}
