using AuditIntel.Avro;
using AuditIntel.DevStack;
using AuditIntel.Topologies.Findings;
using AuditIntel.Topologies.Transactions;
using AuditIntel.Topologies.Trends;

namespace AuditIntel.Topologies.Tests;

/// <summary>A real registry on a real broker, for serdes that write the real wire format.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-topologies-").FullName;
    private EmbeddedBroker? _broker;
    private EmbeddedSchemaRegistry? _registry;
    private SchemaRegistryClient? _client;

    public FindingsSerdes Serdes { get; private set; } = null!;

    public TransactionsSerdes Transactions { get; private set; } = null!;

    public TrendsSerdes Trends { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder });
        _registry = await EmbeddedSchemaRegistry.StartAsync(new EmbeddedSchemaRegistryOptions { BootstrapServer = _broker.BootstrapServers });
        _client = new SchemaRegistryClient(_registry.Url);
        Serdes = await FindingsSerdes.CreateAsync(_client, CancellationToken.None);
        Transactions = await TransactionsSerdes.CreateAsync(_client, CancellationToken.None);
        Trends = await TrendsSerdes.CreateAsync(_client, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _registry!.DisposeAsync();
        await _broker!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
