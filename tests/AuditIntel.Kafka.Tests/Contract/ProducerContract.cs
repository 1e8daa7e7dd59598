using System.Text;
using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Producing: back-pressure, failures, acknowledgements, partitions.</summary>
public abstract class ProducerContract(ClusterFixture cluster)
{
    [Fact]
    public async Task Producer_ShouldWait_WhenItsQueueIsFull()
    {
        string topic = await cluster.TopicAsync();
        KafkaOptions tight = cluster.Kafka with { Properties = new Dictionary<string, string> { ["queue.buffering.max.messages"] = "10" } };
        using BatchProducer producer = BatchProducer.Create(tight);
        for (int i = 0; i < 1000; i++)
        {
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        }

        producer.Flush(Patience);
        Assert.Equal(0, producer.Outstanding);
        using BatchConsumer consumer = cluster.Open(topic);
        Assert.Equal((0, 1000), consumer.QueryWatermarks(new PartitionId(topic, 0)));
    }

    [Fact]
    public async Task FullQueue_ShouldLetTheCallerGo_WhenCancelled()
    {
        string topic = await cluster.TopicAsync();
        await cluster.StopAsync();
        try
        {
            KafkaOptions tight = cluster.Kafka with { Properties = new Dictionary<string, string> { ["queue.buffering.max.messages"] = "10" } };
            using BatchProducer producer = BatchProducer.Create(tight, new BatchProducerOptions { CloseTimeout = TimeSpan.FromMilliseconds(100) });
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            Assert.Throws<OperationCanceledException>(() =>
            {
                for (int i = 0; i < 20; i++)
                {
                    producer.Produce(producer.Topic(topic), 0, default, "x"u8, cancellationToken: cancel.Token);
                }
            });
        }
        finally
        {
            await cluster.StartAsync();
        }
    }

    [Fact]
    public async Task BigRecord_ShouldComeBack()
    {
        string topic = await cluster.TopicAsync();
        byte[] value = new byte[900_000];
        new Random(1).NextBytes(value);
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka))
        {
            producer.Produce(producer.Topic(topic), 0, default, value);
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(1, record => Assert.True(record.Value.SequenceEqual(value)));
    }

    [Fact]
    public async Task TooLargeRecord_ShouldBeRefusedAtOnce()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { MaxRecordBytes = 10_000 });
        RecordRefusedException failure = Assert.Throws<RecordRefusedException>(() => producer.Produce(producer.Topic(topic), 0, default, new byte[20_000]));
        Assert.Contains(topic, failure.Message);
        producer.Flush(Patience);
    }

    [Fact]
    public async Task FailedDelivery_ShouldSurfaceOnceWithTopicAndPartition()
    {
        string topic = await cluster.TopicAsync();
        await cluster.StopAsync();
        try
        {
            var options = new BatchProducerOptions { DeliveryTimeout = TimeSpan.FromMilliseconds(500), CloseTimeout = TimeSpan.FromMilliseconds(100) };
            using BatchProducer producer = BatchProducer.Create(cluster.Kafka, options);
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
            KafkaFailureException failure = Assert.Throws<KafkaFailureException>(() => producer.Flush(Patience));
            Assert.StartsWith($"A record for {topic}[0] was not delivered", failure.Message);
            producer.Flush(Patience);
            Assert.Equal(0, producer.Outstanding);
        }
        finally
        {
            await cluster.StartAsync();
        }
    }

    [Fact]
    public async Task Producer_ShouldDeliver_WhenTheBrokerComesBack()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka);
        producer.Produce(producer.Topic(topic), 0, default, "before"u8);
        producer.Flush(Patience);
        await cluster.StopAsync();
        for (int i = 0; i < 100; i++)
        {
            producer.Produce(producer.Topic(topic), 0, default, "while away"u8);
        }

        await cluster.StartAsync();
        producer.Flush(Patience);
        using BatchConsumer consumer = cluster.Open(topic);
        Assert.Equal((0, 101), consumer.QueryWatermarks(new PartitionId(topic, 0)));
    }

    [Fact]
    public async Task Flush_ShouldTellHowManyAreOpen_WhenTheTimeIsUp()
    {
        string topic = await cluster.TopicAsync();
        await cluster.StopAsync();
        try
        {
            using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { CloseTimeout = TimeSpan.FromMilliseconds(100) });
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
            KafkaFailureException failure = Assert.Throws<KafkaFailureException>(() => producer.Flush(TimeSpan.FromMilliseconds(200)));
            Assert.StartsWith("1 records are not acknowledged", failure.Message);
        }
        finally
        {
            await cluster.StartAsync();
        }
    }

    [Fact]
    public async Task Key_ShouldChooseThePartitionAsJavaDoes()
    {
        string topic = await cluster.TopicAsync(partitions: 5);
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TrackOffsets = true });
        TopicHandle handle = producer.Topic(topic);
        long[] expected = [-1, -1, -1, -1, -1];
        for (int i = 0; i < 100; i++)
        {
            byte[] key = Encoding.UTF8.GetBytes($"key-{i}");
            expected[Murmur2.Partition(key, 5)]++;
            producer.Produce(handle, BatchProducer.AnyPartition, key, "x"u8);
        }

        producer.Flush(Patience);
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(i => producer.AcknowledgedOffset(handle, i)));
    }

    [Fact]
    public async Task Producer_ShouldClose_InEveryState()
    {
        string topic = await cluster.TopicAsync();
        BatchProducer.Create(cluster.Kafka).Dispose();
        BatchProducer sending = BatchProducer.Create(cluster.Kafka);
        sending.Produce(sending.Topic(topic), 0, default, "x"u8);
        sending.Dispose();
        sending.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sending.Flush(Patience));
        using BatchConsumer consumer = cluster.Open(topic);
        Assert.Equal((0, 1), consumer.QueryWatermarks(new PartitionId(topic, 0)));
    }
}
