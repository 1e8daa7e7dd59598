using Confluent.Kafka;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>Kafka as Confluent.Kafka finds it at an address: the embedded broker or librdkafka's own mock cluster.</summary>
internal sealed class ConfluentCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IAdminClient? _mock;

    public ConfluentCluster(string servers) => Servers = servers;

    private ConfluentCluster(IAdminClient mock)
    {
        _mock = mock;
        var broker = mock.GetMetadata(Patience).Brokers.Single();
        Servers = $"{broker.Host}:{broker.Port}";
    }

    public string Servers { get; }

    /// <summary>The mock cluster that librdkafka runs inside a client, for as long as this client lives.</summary>
    public static ConfluentCluster StartMock() => new(new AdminClientBuilder([new("test.mock.num.brokers", "1"), new("log_level", "0")]).Build());

    public static IAdminClient Admin(string servers) => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers, ClientId = ClientScenarios.ConfluentKafka }).Build();

    /// <summary>Creates a topic with four partitions, as the mock, which has no CreateTopics, does when somebody asks for one.</summary>
    public async Task CreateAsync(string topic)
    {
        using var admin = Admin(Servers);
        if (_mock is null)
        {
            await admin.CreateTopicsAsync([new() { Name = topic, NumPartitions = 4, ReplicationFactor = 1 }]);
        }

        Eventually(() => admin.GetMetadata(topic, Patience).Topics.Single().Partitions.Count == 4, $"{topic} has four partitions");
    }

    public IProducer<string, string> Producer(Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig { BootstrapServers = Servers, ClientId = ClientScenarios.ConfluentKafka, Acks = Acks.All, LingerMs = 5 };
        configure?.Invoke(config);
        return new ProducerBuilder<string, string>(config).Build();
    }

    public IConsumer<string, string> Consumer(string group, Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = Servers,
            ClientId = ClientScenarios.ConfluentKafka,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = 10_000,
            HeartbeatIntervalMs = 100,
            FetchWaitMaxMs = 100,
            EnablePartitionEof = false,
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<string, string>(config).Build();
    }

    /// <summary>Writes v{from} to v{to - 1} and waits until they are acknowledged.</summary>
    public static void Send(IProducer<string, string> producer, TopicPartition target, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            producer.Produce(target, new() { Key = $"k{i}", Value = $"v{i}" }, r => Assert.False(r.Error.IsError, r.Error.Reason));
        }

        Assert.Equal(0, producer.Flush(Patience));
    }

    /// <summary>Reads on until so many records have come.</summary>
    public static List<ConsumeResult<string, string>> Take(IConsumer<string, string> consumer, int count)
    {
        List<ConsumeResult<string, string>> records = [];
        Eventually(
            () =>
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
                {
                    records.Add(record);
                }

                return records.Count == count;
            },
            $"{count} records");
        return records;
    }

    public static void Eventually(Func<bool> condition, string what)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, $"Not in {Patience.TotalSeconds:0} s: {what}.");
        }
    }

    public void Dispose() => _mock?.Dispose();
}
