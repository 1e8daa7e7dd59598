using System.Buffers;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Transactions;
using Confluent.Kafka;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>An embedded broker with the sink's topics, empty, and a producer for them; one for each test.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    public const int Partitions = 4;

    private readonly EmbeddedBroker _broker;
    private readonly string _folder;
    private readonly EmbeddedSchemaRegistry _schemas;
    private readonly SchemaRegistryClient _registry;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly Dictionary<string, object> _serializers = [];

    private TestBroker(EmbeddedBroker broker, EmbeddedSchemaRegistry schemas, string folder)
    {
        _broker = broker;
        _schemas = schemas;
        _folder = folder;
        _registry = new SchemaRegistryClient(Registry);
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 5 }).Build();
    }

    public string BootstrapServers => _broker.BootstrapServers;

    public Uri Registry => _schemas.Url;

    public static async Task<TestBroker> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sinks-broker-").FullName;
        var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = folder, GroupInitialRebalanceDelay = TimeSpan.FromMilliseconds(50) });
        var schemas = await EmbeddedSchemaRegistry.StartAsync(new EmbeddedSchemaRegistryOptions { BootstrapServer = broker.BootstrapServers });
        await CreateTopicsAsync(broker.BootstrapServers);
        var stack = new TestBroker(broker, schemas, folder);
        return stack;
    }

    /// <summary>Options of a sink that reads here and writes there.</summary>
    public PostgresFindingsSinkOptions Options(TestDatabase database) => new()
    {
        Kafka = new AuditIntel.Kafka.KafkaOptions { BootstrapServers = BootstrapServers },
        SchemaRegistry = Registry,
        ConnectionString = database.ConnectionString,
        MaxBatchDelay = TimeSpan.FromMilliseconds(50),
        CommandTimeout = TimeSpan.FromSeconds(10),
        RetryDelay = TimeSpan.FromMilliseconds(50),
        MaxRetryDelay = TimeSpan.FromMilliseconds(500),
    };

    /// <summary>Options of a sink of transactions that reads here and writes there.</summary>
    public PostgresTransactionsSinkOptions TransactionsOptions(TestDatabase database)
    {
        var findings = Options(database);
        return new()
        {
            Kafka = findings.Kafka,
            SchemaRegistry = findings.SchemaRegistry,
            ConnectionString = findings.ConnectionString,
            MaxBatchDelay = findings.MaxBatchDelay,
            CommandTimeout = findings.CommandTimeout,
            RetryDelay = findings.RetryDelay,
            MaxRetryDelay = findings.MaxRetryDelay,
            MonthsAhead = 0,
        };
    }

    /// <summary>Sends records to the topics of their kinds; those of a contest share a partition.</summary>
    public async Task SendAsync(params object[] records)
    {
        foreach (var record in records)
        {
            var (topic, key, value) = record switch
            {
                Finding f => (Topics.Findings.Name, f.Platform + "/" + f.Contest, await BytesAsync(f, Topics.Findings.Name)),
                FindingDuplicate { Method: "near-cross" } d => (Topics.SimilarFindings.Name, d.Platform + "/" + d.Contest, await BytesAsync(d, Topics.SimilarFindings.Name)),
                FindingTrend t => (Topics.Trends.Name, $"type/{t.Value}/{t.WindowDays}/{t.WindowStart:yyyy-MM-dd}", await BytesAsync(t, Topics.Trends.Name)),
                EmergingThreat t => (Topics.EmergingThreats.Name, $"{t.Type}/{t.WindowDays}/{t.WindowStart:yyyy-MM-dd}", await BytesAsync(t, Topics.EmergingThreats.Name)),
                FindingDuplicate d => (Topics.FindingDuplicates.Name, d.Platform + "/" + d.Contest, await BytesAsync(d, Topics.FindingDuplicates.Name)),
                Contest c => (Topics.Contests.Name, c.Platform + "/" + c.Id, await BytesAsync(c, Topics.Contests.Name)),
                ScoredTransaction t => (Topics.ScoredTransactions.Name, ChainKey.Of(t.ChainId, t.From), await BytesAsync(t, Topics.ScoredTransactions.Name)),
                Anomaly a => (Topics.Anomalies.Name, ChainKey.Of(a.ChainId, a.Address), await BytesAsync(a, Topics.Anomalies.Name)),
                Alert a => (Topics.Alerts.Name, a.DeduplicationKey, await BytesAsync(a, Topics.Alerts.Name)),
                ModelArtifact m => (Topics.Models.Name, m.Id, await BytesAsync(m, Topics.Models.Name)),
                AddressLabel l => (Topics.AddressLabels.Name, ChainKey.Of(l.ChainId, l.Address), await BytesAsync(l, Topics.AddressLabels.Name)),
                DeadLetter { Platform: "chain" } l => (Topics.ChainDeadLetters.Name, l.Id, await BytesAsync(l, Topics.ChainDeadLetters.Name)),
                DeadLetter l => (Topics.RawFindingsDeadLetters.Name, l.SourcePath ?? l.Id, await BytesAsync(l, Topics.RawFindingsDeadLetters.Name)),
                _ => throw new ArgumentException($"No topic for {record.GetType().Name}.", nameof(records)),
            };
            Produce(topic, key, value);
        }

        _producer.Flush(TimeSpan.FromSeconds(30));
    }

    /// <summary>Sends any bytes, null for a tombstone.</summary>
    public void SendBytes(string topic, string key, byte[]? value)
    {
        Produce(topic, key, value);
        _producer.Flush(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        _producer.Dispose();
        _registry.Dispose();
        await _schemas.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task CreateTopicsAsync(string bootstrapServers)
    {
        string[] names =
        [
            Topics.Contests.Name, Topics.Findings.Name, Topics.FindingDuplicates.Name, Topics.RawFindingsDeadLetters.Name,
            Topics.Trends.Name, Topics.EmergingThreats.Name, Topics.SimilarFindings.Name,
            Topics.ScoredTransactions.Name, Topics.Anomalies.Name, Topics.Alerts.Name, Topics.Models.Name, Topics.AddressLabels.Name,
            Topics.ChainDeadLetters.Name, Topics.AlertDeadLetters.Name,
        ];
        using var admin = new AuditIntel.Kafka.TopicAdmin(new AuditIntel.Kafka.KafkaOptions { BootstrapServers = bootstrapServers });
        await admin.EnsureTopicsAsync([.. names.Select(n => new AuditIntel.Kafka.TopicSpec(n, Partitions))]);
    }

    private async Task<byte[]> BytesAsync<T>(T record, string topic)
        where T : IAvroRecord<T>
    {
        if (!_serializers.TryGetValue(topic, out var known))
        {
            known = await ConfluentAvroSerializer<T>.CreateAsync(_registry, topic + "-value", CancellationToken.None);
            _serializers[topic] = known;
        }

        var serializer = (ConfluentAvroSerializer<T>)known;
        var output = new ArrayBufferWriter<byte>();
        serializer.Serialize(record, output);
        return output.WrittenSpan.ToArray();
    }

    private void Produce(string topic, string key, byte[]? value)
    {
        while (true)
        {
            try
            {
                _producer.Produce(topic, new Message<byte[], byte[]> { Key = System.Text.Encoding.UTF8.GetBytes(key), Value = value! });
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Flush(TimeSpan.FromSeconds(1));
            }
        }
    }
}
