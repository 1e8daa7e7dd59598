using AuditIntel.Avro;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.DevStack.Registry;
using AuditIntel.Kafka;

namespace AuditIntel.Collectors.Tests.Chain.Stack;

/// <summary>An embedded broker and registry with the product's topics.</summary>
internal sealed class ChainStack : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedBroker _broker;
    private readonly EmbeddedSchemaRegistry _schemas;

    private ChainStack(string folder, EmbeddedBroker broker, EmbeddedSchemaRegistry schemas)
    {
        (_folder, _broker, _schemas) = (folder, broker, schemas);
        Kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers };
        Registry = new SchemaRegistryClient(schemas.Url);
    }

    public KafkaOptions Kafka { get; }

    public SchemaRegistryClient Registry { get; }

    public static async Task<ChainStack> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-chain-").FullName;
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = folder, AutoCreateTopics = false });
        EmbeddedSchemaRegistry schemas = await EmbeddedSchemaRegistry.StartAsync(
            new EmbeddedSchemaRegistryOptions { BootstrapServer = broker.BootstrapServers, Compatibility = SchemaCompatibilityLevel.FullTransitive });
        var stack = new ChainStack(folder, broker, schemas);
        using var admin = new TopicAdmin(stack.Kafka);
        await admin.EnsureTopicsAsync([.. Topics.All.Select(topic => new TopicSpec(topic.Name, topic.Partitions, topic.Config))]);
        return stack;
    }

    public Task<ChainPublisher> PublisherAsync(bool withLabels = false) =>
        ChainPublisher.CreateAsync(Kafka, Registry, "test", withLabels, onWarning: null, CancellationToken.None);

    public Task<TopicSourceCursors> CursorsAsync() => TopicSourceCursors.CreateAsync(Kafka, Registry, onWarning: null, CancellationToken.None);

    /// <summary>Everything on a topic with its key, partition by partition in order.</summary>
    public async Task<IReadOnlyList<(string Key, T Value)>> ReadAsync<T>(TopicDefinition topic)
        where T : IAvroRecord<T>
    {
        var records = new List<(string Key, T Value)>();
        var deserializer = new ConfluentAvroDeserializer<T>(Registry);
        await NewestRecords.ReadAsync(
            Kafka, topic.Name, from: null, record => records.Add((System.Text.Encoding.UTF8.GetString(record.Key), deserializer.Deserialize(record.Value))), null, CancellationToken.None);
        return records;
    }

    /// <summary>What a consumer holds that keeps the newest of each transaction, as the contract has it; retracted ones are gone.</summary>
    public async Task<IReadOnlyDictionary<string, ChainTransaction>> StandingTransactionsAsync()
    {
        var standing = new Dictionary<string, ChainTransaction>();
        foreach ((_, ChainTransaction transaction) in await ReadAsync<ChainTransaction>(Topics.ChainTransactions))
        {
            if (!transaction.Removed)
            {
                standing[transaction.Hash] = transaction;
            }
            else if (standing.TryGetValue(transaction.Hash, out ChainTransaction? held) && held.BlockHash == transaction.BlockHash)
            {
                standing.Remove(transaction.Hash);
            }
        }

        return standing;
    }

    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        await _schemas.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
