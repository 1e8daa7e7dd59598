using System.Buffers;
using System.Diagnostics;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Findings;
using AuditIntel.Topologies.Trends;

namespace AuditIntel.Topologies.Tests.Findings;

/// <summary>Broker and registry with all topics, and the topologies of findings and trends running on them, exactly-once.</summary>
internal sealed class FindingsCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly EmbeddedBroker _broker;
    private readonly EmbeddedSchemaRegistry _registry;
    private readonly SchemaRegistryClient _client;
    private readonly List<KafkaStreams> _running = [];

    private FindingsCluster(string folder, EmbeddedBroker broker, EmbeddedSchemaRegistry registry)
    {
        (_folder, _broker, _registry) = (folder, broker, registry);
        _client = new SchemaRegistryClient(registry.Url);
    }

    public FindingsSerdes Serdes { get; private set; } = null!;

    public TrendsSerdes Trends { get; private set; } = null!;

    private KafkaOptions Kafka => new() { BootstrapServers = _broker.BootstrapServers };

    public static async Task<FindingsCluster> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-findings-").FullName;
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions { DataDirectory = folder, GroupInitialRebalanceDelay = TimeSpan.FromMilliseconds(50) });
        var cluster = new FindingsCluster(
            folder, broker, await EmbeddedSchemaRegistry.StartAsync(new EmbeddedSchemaRegistryOptions { BootstrapServer = broker.BootstrapServers }));
        using var admin = new TopicAdmin(cluster.Kafka);
        await admin.EnsureTopicsAsync([.. Topics.All.Select(topic => new TopicSpec(topic.Name, topic.Partitions, topic.Config))]);
        cluster.Serdes = await FindingsSerdes.CreateAsync(cluster._client, default);
        cluster.Trends = await TrendsSerdes.CreateAsync(cluster._client, default);
        return cluster;
    }

    public async Task RunAsync()
    {
        await RunAsync(FindingsTopology.ApplicationId, FindingsTopology.Build(Serdes), new FindingsDeadLetters(Serdes).Handle);
        await RunAsync(TrendsTopology.ApplicationId, TrendsTopology.Build(Trends), new TrendsDeadLetters(Trends).Handle);
    }

    /// <summary>Ends the topologies; nothing of them stays but what lies on the broker.</summary>
    public async Task StopAsync()
    {
        foreach (KafkaStreams streams in _running)
        {
            await streams.DisposeAsync();
        }

        _running.Clear();
    }

    public void Send<T>(string topic, ISerde<T> serde, IEnumerable<(string Key, T Value)> records)
    {
        using BatchProducer producer = BatchProducer.Create(Kafka);
        TopicHandle handle = producer.Topic(topic);
        foreach ((string key, T value) in records)
        {
            var bytes = new ArrayBufferWriter<byte>();
            serde.Serialize(topic, value, bytes);
            producer.Produce(handle, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes(key), bytes.WrittenSpan);
        }

        producer.Flush(Patience);
    }

    /// <summary>Waits until a topic's committed records are as wished.</summary>
    public async Task<List<(string Key, T? Value)>> UntilAsync<T>(string topic, ISerde<T> serde, Func<List<(string Key, T? Value)>, bool> condition)
        where T : class
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            List<(string Key, T? Value)> records = Read(topic, serde);
            if (condition(records))
            {
                return records;
            }

            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"{topic} is not as wished after {Patience}: it has {records.Count} records.");
            Assert.All(_running, streams => Assert.False(streams.Completion.IsFaulted, streams.Completion.Exception?.ToString()));
            await Task.Delay(100);
        }
    }

    public List<(string Key, T? Value)> Read<T>(string topic, ISerde<T> serde)
        where T : class
    {
        var records = new List<(string Key, T? Value)>();
        using BatchConsumer consumer = BatchConsumer.Create(Kafka, new BatchConsumerOptions());
        PartitionId[] partitions = [.. Enumerable.Range(0, 4).Select(number => new PartitionId(topic, number))];
        consumer.Assign([.. partitions.Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning))]);
        long begin = Stopwatch.GetTimestamp();
        while (!partitions.All(consumer.IsAtEnd))
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"{topic} could not be read to its end in time.");
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                records.Add((Encoding.UTF8.GetString(batch[i].Key), batch[i].IsValueNull ? null : serde.Deserialize(topic, batch[i].Value)));
            }
        }

        return records;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        await _registry.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string applicationId, Topology topology, Func<ErrorContext, ErrorResponse> onError)
    {
        var streams = new KafkaStreams(topology, new StreamsOptions
        {
            ApplicationId = applicationId,
            Kafka = Kafka,
            Guarantee = ProcessingGuarantee.ExactlyOnce,
            OnError = onError,
        });
        _running.Add(streams);
        await streams.StartAsync();
    }
}
