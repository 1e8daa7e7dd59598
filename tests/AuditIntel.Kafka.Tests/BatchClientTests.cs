using System.Diagnostics;
using System.Text;

namespace AuditIntel.Kafka.Tests;

public sealed class BatchClientTests(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Record_ShouldComeBackByteForByte()
    {
        string topic = await broker.TopicAsync();
        using (BatchProducer producer = BatchProducer.Create(broker.Kafka))
        {
            TopicHandle handle = producer.Topic(topic);
            producer.Produce(handle, 0, "key"u8, "value"u8, 1_700_000_000_123, [RecordHeader.Of("source", "test"), new RecordHeader("none", null)]);
            producer.Produce(handle, 0, default, default);
            producer.Produce(handle, 0, ""u8, ""u8);
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = BatchConsumer.Create(broker.Kafka, new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(new PartitionId(topic, 0), PartitionOffset.Beginning)]);
        var seen = new List<string>();
        Read(consumer, 3, record =>
        {
            string headers = string.Join(',', record.Headers().Select(header => $"{header.Name}={(header.Value is null ? "null" : Encoding.UTF8.GetString(header.Value))}"));
            seen.Add($"{record.Offset} {record.IsKeyNull} {Encoding.UTF8.GetString(record.Key)} {record.IsValueNull} {Encoding.UTF8.GetString(record.Value)} {headers}");
            if (record.Offset == 0)
            {
                Assert.Equal(1_700_000_000_123, record.TimestampMs);
                Assert.Equal(topic, record.Topic);
            }
        });
        Assert.Equal(["0 False key False value source=test,none=null", "1 True  True  ", "2 False  False  "], seen);
    }

    [Fact]
    public async Task Consumer_ShouldKnowTheEnd_WhenAllWasRead()
    {
        string topic = await broker.TopicAsync();
        var partition = new PartitionId(topic, 0);
        Fill(topic, 10);
        using BatchConsumer consumer = BatchConsumer.Create(broker.Kafka, new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(partition, PartitionOffset.Beginning)]);
        Read(consumer, 10, _ => { });
        Until(consumer, () => consumer.IsAtEnd(partition));
        Assert.Equal(10, consumer.EndOffset(partition));
        Fill(topic, 1);
        Read(consumer, 1, record => Assert.Equal(10, record.Offset));
    }

    [Fact]
    public async Task Group_ShouldGoOn_WhereItCommitted()
    {
        string topic = await broker.TopicAsync();
        Fill(topic, 20);
        var options = new BatchConsumerOptions { GroupId = "g-" + topic };
        using (BatchConsumer first = BatchConsumer.Create(broker.Kafka, options))
        {
            first.Subscribe([topic]);
            Read(first, 20, _ => { });
            first.Commit([new PartitionOffset(new PartitionId(topic, 0), 12)]);
        }

        using BatchConsumer second = BatchConsumer.Create(broker.Kafka, options);
        second.Subscribe([topic]);
        long lowest = long.MaxValue;
        Read(second, 8, record => lowest = Math.Min(lowest, record.Offset));
        Assert.Equal(12, lowest);
        using var admin = new TopicAdmin(broker.Kafka);
        Assert.Equal(12, Assert.Single(await admin.CommittedAsync(options.GroupId!, [new PartitionId(topic, 0)])).Offset);
    }

    [Fact]
    public async Task Producer_ShouldWait_WhenItsQueueIsFull()
    {
        string topic = await broker.TopicAsync();
        var tight = new KafkaOptions
        {
            BootstrapServers = broker.Kafka.BootstrapServers,
            Properties = new Dictionary<string, string> { ["queue.buffering.max.messages"] = "10" },
        };
        using BatchProducer producer = BatchProducer.Create(tight);
        TopicHandle handle = producer.Topic(topic);
        for (int i = 0; i < 1000; i++)
        {
            producer.Produce(handle, 0, default, "x"u8);
        }

        producer.Flush(Patience);
        using var admin = new TopicAdmin(broker.Kafka);
        Assert.Equal(1000, Assert.Single(await admin.OffsetsAsync([topic])).End);
        Assert.Equal(0, producer.Outstanding);
    }

    [Fact]
    public async Task Producer_ShouldSayWhich_WhenARecordIsNotDelivered()
    {
        string topic = await broker.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(broker.Kafka);
        producer.Produce(producer.Topic(topic), 0, default, new byte[2 * 1024 * 1024]);
        KafkaFailureException failure = Assert.Throws<KafkaFailureException>(() => producer.Flush(Patience));
        Assert.Contains(topic, failure.Message);
    }

    [Fact]
    public async Task Key_ShouldChooseThePartitionAsJavaDoes()
    {
        string topic = await broker.TopicAsync(partitions: 5);
        using BatchProducer producer = BatchProducer.Create(broker.Kafka, new BatchProducerOptions { TrackOffsets = true });
        TopicHandle handle = producer.Topic(topic);
        for (int i = 0; i < 100; i++)
        {
            byte[] key = Encoding.UTF8.GetBytes($"key-{i}");
            int expected = Murmur2.Partition(key, 5);
            long before = producer.AcknowledgedOffset(handle, expected);
            producer.Produce(handle, BatchProducer.AnyPartition, key, "x"u8);
            producer.Flush(Patience);
            Assert.Equal(before + 1, producer.AcknowledgedOffset(handle, expected));
        }
    }

    [Fact]
    public async Task Transaction_ShouldShowNothing_WhenAborted()
    {
        string topic = await broker.TopicAsync();
        using (BatchProducer producer = BatchProducer.Create(broker.Kafka, new BatchProducerOptions { TransactionalId = topic }))
        {
            producer.InitTransactions(Patience);
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "aborted"u8);
            producer.Flush(Patience);
            producer.AbortTransaction(Patience);
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "committed"u8);
            producer.CommitTransaction(Patience);
        }

        using BatchConsumer consumer = BatchConsumer.Create(broker.Kafka, new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(new PartitionId(topic, 0), PartitionOffset.Beginning)]);
        var values = new List<string>();
        Read(consumer, 1, record => values.Add(Encoding.UTF8.GetString(record.Value)));
        Until(consumer, () => consumer.IsAtEnd(new PartitionId(topic, 0)));
        Assert.Equal(["committed"], values);
    }

    [Fact]
    public async Task Consuming_ShouldCostNoGarbage()
    {
        string topic = await broker.TopicAsync();
        Fill(topic, 50_000);
        using BatchConsumer consumer = BatchConsumer.Create(broker.Kafka, new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(new PartitionId(topic, 0), PartitionOffset.Beginning)]);
        Read(consumer, 1000, _ => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        long sum = 0;
        Read(consumer, 40_000, record => sum += record.Value.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000);
        Assert.True(sum > 0);
    }

    private void Fill(string topic, int count)
    {
        using BatchProducer producer = BatchProducer.Create(broker.Kafka);
        TopicHandle handle = producer.Topic(topic);
        for (int i = 0; i < count; i++)
        {
            producer.Produce(handle, 0, default, "some value"u8);
        }

        producer.Flush(Patience);
    }

    private delegate void Look(ConsumedRecord record);

    private static void Read(BatchConsumer consumer, int count, Look look)
    {
        long begin = Stopwatch.GetTimestamp();
        while (count > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"{count} records are missing.");
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++, count--)
            {
                look(batch[i]);
            }
        }
    }

    private static void Until(BatchConsumer consumer, Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "It did not happen in time.");
            consumer.Poll(TimeSpan.FromMilliseconds(50));
        }
    }
}
