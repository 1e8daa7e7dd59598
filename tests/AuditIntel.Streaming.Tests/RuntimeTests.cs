using System.Diagnostics;
using System.Text;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests;

/// <summary>The runtime on the embedded broker.</summary>
public sealed class RuntimeTests : IAsyncLifetime
{
    private const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-streaming-").FullName;
    private EmbeddedBroker _broker = null!;

    private KafkaOptions Kafka => new() { BootstrapServers = _broker.BootstrapServers };

    public async Task InitializeAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder });
        using var admin = new TopicAdmin(Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec("in", Partitions), new TopicSpec("out", Partitions), new TopicSpec("in.dlq", 1)]);
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Counts_ShouldGoOnFromTheirChangelog_WhenTheInstanceStartsAgain()
    {
        Send(0, 2000);
        await using (KafkaStreams first = await StartAsync())
        {
            await UntilCommittedAsync(2000);
        }

        Send(2000, 1000);
        await using KafkaStreams second = await StartAsync();
        await UntilCommittedAsync(3000);
        await second.StopAsync();
        Assert.Equal(StreamsState.NotRunning, second.State);
        Dictionary<string, long> counts = ReadOutput();
        Assert.Equal(50, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(60, count));
    }

    [Fact]
    public async Task TwoInstances_ShouldShareTheWorkWithoutLoss()
    {
        await using KafkaStreams first = await StartAsync();
        Send(0, 1000);
        await using (KafkaStreams second = await StartAsync())
        {
            Send(1000, 1000);
            await UntilCommittedAsync(2000);
        }

        Send(2000, 1000);
        await UntilCommittedAsync(3000);
        Assert.All(ReadOutput().Values, count => Assert.True(count >= 60, $"A key was counted {count} times only."));
    }

    [Fact]
    public async Task PoisonRecord_ShouldBeSetAside_AndTheRestGoOn()
    {
        await using KafkaStreams streams = await StartAsync(options => options with
        {
            OnError = error => ErrorResponse.DeadLetter("in.dlq", error.Key, error.Value, []),
        });
        using (BatchProducer producer = BatchProducer.Create(Kafka))
        {
            producer.Produce(producer.Topic("in"), 0, [0xFF, 0xFE], "poison"u8);
            producer.Flush(Patience);
        }

        Send(0, 100);
        await UntilCommittedAsync(101);
        using var admin = new TopicAdmin(Kafka);
        Assert.Equal(1, Assert.Single(await admin.OffsetsAsync(["in.dlq"])).End);
    }

    [Fact]
    public async Task Failure_ShouldStopTheInstanceLoudly_WhenNobodyHandlesIt()
    {
        await using KafkaStreams streams = await StartAsync();
        using (BatchProducer producer = BatchProducer.Create(Kafka))
        {
            producer.Produce(producer.Topic("in"), 2, [0xFF, 0xFE], "poison"u8);
            producer.Flush(Patience);
        }

        StreamsException error = await Assert.ThrowsAsync<StreamsException>(() => streams.Completion.WaitAsync(Patience));
        Assert.Contains("in[2] offset 0", error.Message);
        Assert.Equal(StreamsState.Error, streams.State);
    }

    [Fact]
    public async Task MissingTopic_ShouldBeNamedBeforeAnythingStarts()
    {
        var builder = new StreamsBuilder();
        builder.Stream("absent", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8));
        await using var streams = new KafkaStreams(builder.Build(), new StreamsOptions { ApplicationId = "app", Kafka = Kafka });
        StreamsException error = await Assert.ThrowsAsync<StreamsException>(() => streams.StartAsync());
        Assert.Contains("absent", error.Message);
    }

    [Fact]
    public async Task IdleInstance_ShouldUseHardlyAnyProcessor()
    {
        await using KafkaStreams streams = await StartAsync();
        Send(0, 10);
        await UntilCommittedAsync(10);
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(2));
        self.Refresh();
        Assert.InRange((self.TotalProcessorTime - before).TotalSeconds, 0, 1);
    }

    private async Task<KafkaStreams> StartAsync(Func<StreamsOptions, StreamsOptions>? change = null)
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        builder.Stream("in", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new Counter(), "count", "counts")
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        var options = new StreamsOptions { ApplicationId = "counting", Kafka = Kafka, CommitInterval = TimeSpan.FromMilliseconds(50) };
        var streams = new KafkaStreams(builder.Build(), change is null ? options : change(options));
        await streams.StartAsync();
        return streams;
    }

    /// <summary>Keys k0 to k49 in turn.</summary>
    private void Send(int from, int count)
    {
        using BatchProducer producer = BatchProducer.Create(Kafka);
        TopicHandle topic = producer.Topic("in");
        for (int i = from; i < from + count; i++)
        {
            producer.Produce(topic, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes($"k{i % 50}"), "x"u8);
        }

        producer.Flush(Patience);
    }

    private async Task UntilCommittedAsync(long records)
    {
        using var admin = new TopicAdmin(Kafka);
        PartitionId[] partitions = [.. Enumerable.Range(0, Partitions).Select(number => new PartitionId("in", number))];
        long begin = Stopwatch.GetTimestamp();
        while ((await admin.CommittedAsync("counting", partitions)).Sum(offset => Math.Max(0, offset.Offset)) < records)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "The records were not committed in time.");
            await Task.Delay(50);
        }
    }

    /// <summary>The last count of each key.</summary>
    private Dictionary<string, long> ReadOutput()
    {
        var counts = new Dictionary<string, long>();
        using BatchConsumer consumer = BatchConsumer.Create(Kafka, new BatchConsumerOptions());
        PartitionId[] partitions = [.. Enumerable.Range(0, Partitions).Select(number => new PartitionId("out", number))];
        consumer.Assign([.. partitions.Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning))]);
        while (!partitions.All(consumer.IsAtEnd))
        {
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                counts[Encoding.UTF8.GetString(batch[i].Key)] = Serdes.Int64.Deserialize("out", batch[i].Value);
            }
        }

        return counts;
    }
}
