using AuditIntel.DevStack.Tests.Broker;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>The client of the product where the broker stops, dies or starts again under it, and where it moves partitions cooperatively.</summary>
public sealed class ConfluentDurabilityTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task CooperativeGroup_ShouldMoveOnlyWhatItMust()
    {
        await CreateAsync("coop", 4);
        using var first = Consumer("g", "coop", c => c.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky);
        WaitFor(() => Poll(first) && first.Assignment.Count == 4);
        using var second = Consumer("g", "coop", c => c.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky);
        WaitFor(() => Poll(first) && Poll(second) && first.Assignment.Count == 2 && second.Assignment.Count == 2);
    }

    [Fact]
    public async Task Offsets_ShouldResume_AfterABrokerRestart()
    {
        await CreateAsync("r", 1);
        Produce("r", 10);
        using (var consumer = Consumer("g", "r"))
        {
            Take(consumer, 4);
            consumer.Commit();
            consumer.Close();
        }

        await _broker.RestartAsync();
        using var resumed = Consumer("g", "r");
        Assert.Equal(["v4", "v5", "v6", "v7", "v8", "v9"], Take(resumed, 6));
    }

    [Fact]
    public async Task AcknowledgedRecords_ShouldBeThere_AfterACrash()
    {
        await CreateAsync("k", 2);
        Produce("k", 1000, p => p.EnableIdempotence = true);
        var (crashed, folder) = await _broker.StartFromCrashAsync();
        await using (crashed)
        {
            using var consumer = Consumer("g", "k", c => c.BootstrapServers = crashed.BootstrapServers);
            Assert.Equal(1000, Take(consumer, 1000).Distinct().Count());
        }

        folder.Dispose();
    }

    [Fact]
    public async Task Producer_ShouldGoOnWithoutLossOrDuplicate_AcrossABrokerRestart()
    {
        await CreateAsync("restart", 1);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = _broker.Servers, EnableIdempotence = true }).Build();
        for (var i = 0; i < 300; i++)
        {
            producer.Produce("restart", new() { Value = $"v{i}" });
            if (i == 150)
            {
                await _broker.RestartAsync();
            }
        }

        Assert.Equal(0, producer.Flush(Patience));
        using var consumer = Consumer("g", "restart");
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"v{i}"), Take(consumer, 300));
    }

    [Fact]
    public async Task Transactions_ShouldShowCommittedRecordsOnly_AndTakeTheOffsetsAlong()
    {
        await CreateAsync("in", 1);
        await CreateAsync("out", 1);
        Produce("in", 20);
        using var consumer = Consumer("eos", "in");
        using var producer = Transactional("x");
        producer.InitTransactions(Patience);

        producer.BeginTransaction();
        Take(consumer, 10).ForEach(v => producer.Produce("out", new() { Value = "aborted " + v }));
        producer.Flush(Patience);
        producer.AbortTransaction(Patience);
        consumer.Seek(new("in", 0, 0));

        producer.BeginTransaction();
        Take(consumer, 10).ForEach(v => producer.Produce("out", new() { Value = v }));
        producer.SendOffsetsToTransaction([new("in", 0, 10)], consumer.ConsumerGroupMetadata, Patience);
        producer.CommitTransaction(Patience);

        using var reader = Consumer("reader", "out", c => c.IsolationLevel = IsolationLevel.ReadCommitted);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"v{i}"), Take(reader, 10));
        Assert.Equal(10, consumer.Committed([new("in", 0)], Patience)[0].Offset.Value);
        Assert.Equal(22, reader.QueryWatermarkOffsets(new("out", 0), Patience).High.Value);
    }

    [Fact]
    public async Task CommittedReader_ShouldNotSeeAnOpenTransaction_ThatItsWatermarkExcludes()
    {
        await CreateAsync("open", 1);
        Produce("open", 3);
        using var producer = Transactional("y");
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.Produce("open", new() { Value = "undecided" });
        producer.Flush(Patience);
        using var reader = Consumer("r", "open", c => c.IsolationLevel = IsolationLevel.ReadCommitted);
        Assert.Equal(3, Take(reader, 3).Count);
        Assert.Null(reader.Consume(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(3, reader.QueryWatermarkOffsets(new("open", 0), Patience).High.Value);
        producer.CommitTransaction(Patience);
        Assert.Equal(["undecided"], Take(reader, 1));
    }

    [Fact]
    public async Task Admin_ShouldChangeTopicsDurably()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _broker.Servers }).Build();
        await CreateAsync("adm", 1);
        await CreateAsync("gone", 1);
        await admin.CreatePartitionsAsync([new() { Topic = "adm", IncreaseTo = 3 }]);
        var resource = new ConfigResource { Type = ResourceType.Topic, Name = "adm" };
        await admin.AlterConfigsAsync(new() { [resource] = [new() { Name = "retention.ms", Value = "12345" }] });
        await admin.DeleteTopicsAsync(["gone"]);
        await _broker.RestartAsync();
        var metadata = admin.GetMetadata(Patience);
        Assert.Equal(3, metadata.Topics.Single(t => t.Topic == "adm").Partitions.Count);
        Assert.DoesNotContain(metadata.Topics, t => t.Topic == "gone");
        Assert.Equal("12345", (await admin.DescribeConfigsAsync([resource]))[0].Entries["retention.ms"].Value);
        var error = await Assert.ThrowsAsync<CreateTopicsException>(() => CreateAsync("adm", 1));
        Assert.Equal(Confluent.Kafka.ErrorCode.TopicAlreadyExists, error.Results[0].Error.Code);
    }

    private static void WaitFor(Func<bool> condition)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "The condition did not come true in time.");
        }
    }

    private static bool Poll(IConsumer<Ignore, string> consumer)
    {
        consumer.Consume(TimeSpan.FromMilliseconds(50));
        return true;
    }

    private static List<string> Take(IConsumer<Ignore, string> consumer, int count)
    {
        List<string> values = [];
        WaitFor(() =>
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
            {
                values.Add(record.Message.Value);
            }

            return values.Count == count;
        });
        return values;
    }

    private async Task CreateAsync(string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _broker.Servers }).Build();
        await admin.CreateTopicsAsync([new() { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    private void Produce(string topic, int count, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig { BootstrapServers = _broker.Servers, Acks = Acks.All, LingerMs = 5 };
        configure?.Invoke(config);
        using var producer = new ProducerBuilder<Null, string>(config).Build();
        for (var i = 0; i < count; i++)
        {
            producer.Produce(topic, new() { Value = $"v{i}" }, r => Assert.False(r.Error.IsError, r.Error.Reason));
        }

        Assert.Equal(0, producer.Flush(Patience));
    }

    private IProducer<Null, string> Transactional(string id) => new ProducerBuilder<Null, string>(
        new ProducerConfig { BootstrapServers = _broker.Servers, TransactionalId = id, TransactionTimeoutMs = 20_000 }).Build();

    private IConsumer<Ignore, string> Consumer(string group, string topic, Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = _broker.Servers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = 6_000,
            HeartbeatIntervalMs = 200,
        };
        configure?.Invoke(config);
        var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Subscribe(topic);
        return consumer;
    }
}
