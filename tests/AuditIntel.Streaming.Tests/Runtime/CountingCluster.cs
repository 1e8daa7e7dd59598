using System.Diagnostics;
using System.Text;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Runtime;

/// <summary>An embedded broker with a topology on it that counts the keys k0 to k49 of topic "in" into topic "out".</summary>
internal sealed class CountingCluster : IAsyncDisposable
{
    public const int Partitions = 4;
    public const int Keys = 50;
    public const string ApplicationId = "counting";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<KafkaStreams> _instances = [];
    private EmbeddedBroker _broker;

    private CountingCluster(string folder, EmbeddedBroker broker)
    {
        Folder = folder;
        _broker = broker;
    }

    /// <summary>A folder that goes with the cluster.</summary>
    public string Folder { get; }

    public KafkaOptions Kafka => new() { BootstrapServers = _broker.BootstrapServers };

    public static async Task<CountingCluster> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-streaming-").FullName;
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = Path.Combine(folder, "broker") });
        var cluster = new CountingCluster(folder, broker);
        using var admin = new TopicAdmin(cluster.Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec("in", Partitions), new TopicSpec("out", Partitions), new TopicSpec("in.dlq", 1)]);
        return cluster;
    }

    public static Topology Counting()
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        builder.Stream("in", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new Counter(), "count", "counts")
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        return builder.Build();
    }

    public async Task<KafkaStreams> RunAsync(Func<StreamsOptions, StreamsOptions>? change = null, Topology? topology = null)
    {
        var options = new StreamsOptions { ApplicationId = ApplicationId, Kafka = Kafka, CommitInterval = TimeSpan.FromMilliseconds(50) };
        var streams = new KafkaStreams(topology ?? Counting(), change is null ? options : change(options));
        _instances.Add(streams);
        await streams.StartAsync();
        return streams;
    }

    public async Task RestartBrokerAsync()
    {
        int port = _broker.Port;
        await _broker.DisposeAsync();
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = Path.Combine(Folder, "broker"), Port = port });
    }

    /// <summary>Records number <paramref name="from"/> to before <paramref name="from"/> + <paramref name="count"/>, the keys in turn.</summary>
    public void Send(int from, int count)
    {
        using BatchProducer producer = BatchProducer.Create(Kafka);
        TopicHandle topic = producer.Topic("in");
        for (int i = from; i < from + count; i++)
        {
            producer.Produce(topic, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes($"k{i % Keys}"), "x"u8);
        }

        producer.Flush(Patience);
    }

    public void SendRaw(string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        using BatchProducer producer = BatchProducer.Create(Kafka);
        producer.Produce(producer.Topic(topic), partition, key, value);
        producer.Flush(Patience);
    }

    public async Task UntilCommittedAsync(long records)
    {
        using var admin = new TopicAdmin(Kafka);
        PartitionId[] partitions = [.. PartitionsOf("in")];
        await UntilAsync(
            async () => (await admin.CommittedAsync(ApplicationId, partitions)).Sum(offset => Math.Max(0, offset.Offset)) >= records,
            $"{records} records were not committed in time.");
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, otherwise);
            await Task.Delay(20);
        }
    }

    public static Task UntilAsync(Func<bool> condition, string otherwise) => UntilAsync(() => Task.FromResult(condition()), otherwise);

    /// <summary>All committed records of topic "out", each partition in order.</summary>
    public List<(string Key, long Count)> ReadOutput()
    {
        var records = new List<(string Key, long Count)>();
        using BatchConsumer consumer = BatchConsumer.Create(Kafka, new BatchConsumerOptions());
        PartitionId[] partitions = [.. PartitionsOf("out")];
        consumer.Assign([.. partitions.Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning))]);
        long begin = Stopwatch.GetTimestamp();
        while (!partitions.All(consumer.IsAtEnd))
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "The output could not be read to its end in time.");
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                records.Add((Encoding.UTF8.GetString(batch[i].Key), Serdes.Int64.Deserialize("out", batch[i].Value)));
            }
        }

        return records;
    }

    /// <summary>The last count of each key.</summary>
    public Dictionary<string, long> ReadCounts()
    {
        var counts = new Dictionary<string, long>();
        foreach ((string key, long count) in ReadOutput())
        {
            counts[key] = count;
        }

        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (KafkaStreams instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await _broker.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static IEnumerable<PartitionId> PartitionsOf(string topic) => Enumerable.Range(0, Partitions).Select(number => new PartitionId(topic, number));
}
