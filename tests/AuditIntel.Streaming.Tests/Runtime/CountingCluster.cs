using System.Diagnostics;
using System.Text;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Runtime;

/// <summary>
/// A Kafka with a topology on it that counts the keys k0 to k49 of one topic into another: the embedded broker, or the one that AUDITINTEL_BOOTSTRAP_SERVERS
/// names. Topics and application ids are of this cluster alone.
/// </summary>
internal sealed class CountingCluster : IAsyncDisposable
{
    public const int Partitions = 4;
    public const int Keys = 50;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<KafkaStreams> _instances = [];
    private readonly string _prefix = $"test-{Guid.NewGuid():N}-";
    private readonly string _bootstrapServers;
    private EmbeddedBroker? _broker;

    private CountingCluster(string folder, string bootstrapServers, EmbeddedBroker? broker)
    {
        Folder = folder;
        _bootstrapServers = bootstrapServers;
        _broker = broker;
    }

    public string In => _prefix + "in";

    public string Out => _prefix + "out";

    public string DeadLetters => _prefix + "in.dlq";

    public string ApplicationId => _prefix + "counting";

    /// <summary>A folder that goes with the cluster.</summary>
    public string Folder { get; }

    public KafkaOptions Kafka => new() { BootstrapServers = _bootstrapServers };

    public static async Task<CountingCluster> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-streaming-").FullName;
        string? given = Environment.GetEnvironmentVariable("AUDITINTEL_BOOTSTRAP_SERVERS");
        EmbeddedBroker? broker = string.IsNullOrEmpty(given)
            ? await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = Path.Combine(folder, "broker") })
            : null;
        var cluster = new CountingCluster(folder, broker?.BootstrapServers ?? given!, broker);
        using var admin = new TopicAdmin(cluster.Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec(cluster.In, Partitions), new TopicSpec(cluster.Out, Partitions), new TopicSpec(cluster.DeadLetters, 1)]);
        return cluster;
    }

    public Topology Counting()
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        builder.Stream(In, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new Counter(), "count", "counts")
            .To(Out, new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
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

    /// <summary>Only where the broker is the embedded one.</summary>
    public async Task RestartBrokerAsync()
    {
        int port = _broker!.Port;
        await _broker.DisposeAsync();
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = Path.Combine(Folder, "broker"), Port = port });
    }

    /// <summary>Records number <paramref name="from"/> to before <paramref name="from"/> + <paramref name="count"/>, the keys in turn.</summary>
    public void Send(int from, int count)
    {
        using BatchProducer producer = BatchProducer.Create(Kafka);
        TopicHandle topic = producer.Topic(In);
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
        PartitionId[] partitions = [.. PartitionsOf(In)];
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

    /// <summary>All committed records of the output, each partition in order.</summary>
    public List<(string Key, long Count)> ReadOutput()
    {
        var records = new List<(string Key, long Count)>();
        using BatchConsumer consumer = BatchConsumer.Create(Kafka, new BatchConsumerOptions());
        PartitionId[] partitions = [.. PartitionsOf(Out)];
        consumer.Assign([.. partitions.Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning))]);
        long begin = Stopwatch.GetTimestamp();
        while (!partitions.All(consumer.IsAtEnd))
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "The output could not be read to its end in time.");
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                records.Add((Encoding.UTF8.GetString(batch[i].Key), Serdes.Int64.Deserialize(Out, batch[i].Value)));
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

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
        else
        {
            using var admin = new TopicAdmin(Kafka);
            string[] own = [.. (await admin.ListTopicsAsync()).Select(topic => topic.Name).Where(name => name.StartsWith(_prefix, StringComparison.Ordinal))];
            await admin.DeleteTopicsAsync(own);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static IEnumerable<PartitionId> PartitionsOf(string topic) => Enumerable.Range(0, Partitions).Select(number => new PartitionId(topic, number));
}
