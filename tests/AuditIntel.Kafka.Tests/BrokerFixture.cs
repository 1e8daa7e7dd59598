using AuditIntel.DevStack;

namespace AuditIntel.Kafka.Tests;

/// <summary>A broker for the tests of one class, in a folder that goes with it.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-kafka-").FullName;
    private EmbeddedBroker? _broker;

    internal KafkaOptions Kafka => new() { BootstrapServers = _broker!.BootstrapServers };

    public async Task InitializeAsync() => _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder });

    public async Task DisposeAsync()
    {
        await _broker!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Creates a topic of a name of its own.</summary>
    internal async Task<string> TopicAsync(int partitions = 1)
    {
        string name = "t-" + Guid.NewGuid().ToString("N");
        using var admin = new TopicAdmin(Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec(name, partitions)]);
        return name;
    }
}
