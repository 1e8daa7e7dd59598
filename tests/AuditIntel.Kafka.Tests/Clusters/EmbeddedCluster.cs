using AuditIntel.DevStack;

namespace AuditIntel.Kafka.Tests;

/// <summary>The embedded broker, in a folder that goes with it.</summary>
public sealed class EmbeddedCluster : ClusterFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-kafka-").FullName;
    private EmbeddedBroker? _broker;
    private int _port;
    private string _servers = "";

    internal override KafkaOptions Kafka => new() { BootstrapServers = _servers };

    public override Task InitializeAsync() => StartAsync();

    public override async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal override async Task<string> TopicAsync(int partitions = 1)
    {
        string name = NewName();
        using var admin = new TopicAdmin(Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec(name, partitions)]);
        return name;
    }

    internal override async Task StartAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder, Port = _port });
        _port = _broker.Port;
        _servers = _broker.BootstrapServers;
    }

    internal override async Task StopAsync()
    {
        if (_broker is { } broker)
        {
            _broker = null;
            await broker.DisposeAsync();
        }
    }
}
