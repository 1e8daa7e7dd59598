using System.Diagnostics;
using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Reading by assignment: positions, ends, pauses, seeks.</summary>
public abstract class ConsumerContract(ClusterFixture cluster)
{
    [Fact]
    public async Task Consumer_ShouldKnowTheEnd_WhenAllWasRead()
    {
        string topic = await cluster.TopicAsync();
        var partition = new PartitionId(topic, 0);
        cluster.Fill(topic, 10);
        using BatchConsumer consumer = cluster.Open(topic);
        Assert.False(consumer.IsAtEnd(partition));
        Assert.Equal(PartitionOffset.None, consumer.Position(partition));
        consumer.Read(10, _ => { });
        consumer.Until(() => consumer.IsAtEnd(partition));
        Assert.Equal(10, consumer.EndOffset(partition));
        cluster.Fill(topic, 1);
        consumer.Read(1, record => Assert.Equal(10, record.Offset));
        Assert.Equal(11, consumer.Position(partition));
        Assert.Equal((0, 11), consumer.QueryWatermarks(partition));
    }

    [Fact]
    public async Task Consumer_ShouldBeAtTheEnd_WhenThePartitionIsEmpty()
    {
        string topic = await cluster.TopicAsync();
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Until(() => consumer.IsAtEnd(topic, 0));
        Assert.Equal(0, consumer.EndOffset(new PartitionId(topic, 0)));
    }

    [Fact]
    public async Task Poll_ShouldReturnAtOnce_WhenARecordComes()
    {
        string topic = await cluster.TopicAsync();
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Until(() => consumer.IsAtEnd(topic, 0));
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { Linger = TimeSpan.Zero });
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        long begin = Stopwatch.GetTimestamp();
        Assert.Equal(1, consumer.Poll(TimeSpan.FromSeconds(30)).Count);
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Poll_ShouldEnd_WhenWokenFromAnotherThread()
    {
        string topic = await cluster.TopicAsync();
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Until(() => consumer.IsAtEnd(topic, 0));
        long begin = Stopwatch.GetTimestamp();
        Task waker = Task.Run(consumer.Wakeup);
        Assert.Equal(0, consumer.Poll(TimeSpan.FromSeconds(60)).Count);
        await waker;
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Paused_ShouldBringNothing_AndResumeShouldLoseNothing()
    {
        const int Count = 60_000;
        string topic = await cluster.TopicAsync();
        var partition = new PartitionId(topic, 0);
        cluster.Fill(topic, Count);

        // A small batch makes many polls, and every pause comes while the library has records at hand.
        using BatchConsumer consumer = cluster.Open(topic, new BatchConsumerOptions { MaxBatchRecords = 700 });
        long next = 0;
        long begin = Stopwatch.GetTimestamp();
        while (next < Count)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"It stands at {next}.");
            Drain(consumer.Poll(TimeSpan.FromMilliseconds(100)), record => Assert.Equal(next++, record.Offset));
            consumer.Pause([partition]);
            Assert.Equal(0, consumer.Poll(TimeSpan.Zero).Count);
            Assert.Equal(0, consumer.Poll(TimeSpan.FromMilliseconds(1)).Count);
            Assert.Equal(next == 0 ? PartitionOffset.None : next, next == 0 ? PartitionOffset.None : consumer.Position(partition));
            consumer.Resume([partition]);
        }

        consumer.Until(() => consumer.IsAtEnd(partition));
    }

    [Fact]
    public async Task Seek_ShouldGoThere_AtOnceAndAgain()
    {
        string topic = await cluster.TopicAsync();
        var partition = new PartitionId(topic, 0);
        cluster.Fill(topic, 5000);
        using BatchConsumer consumer = cluster.Open(topic, new BatchConsumerOptions { MaxBatchRecords = 500 });

        // Before fetching has begun: the library itself would refuse it.
        consumer.Seek(topic, 0, 1234);
        foreach (long target in new long[] { 1234, 17, 4999, 0, 2500 })
        {
            consumer.Seek(new PartitionOffset(partition, target));
            Assert.Equal(target, consumer.Position(partition));
            long next = target;
            consumer.Read(1, record => Assert.Equal(next++, record.Offset));
        }

        consumer.Seek(new PartitionOffset(partition, PartitionOffset.End));
        consumer.Until(() => consumer.IsAtEnd(partition), record => Assert.Fail($"{record.Offset} came after the seek to the end."));
        consumer.Seek(new PartitionOffset(partition, PartitionOffset.Beginning));
        Assert.False(consumer.IsAtEnd(partition));
        long first = -1;
        consumer.Read(1, record => first = first < 0 ? record.Offset : first);
        Assert.Equal(0, first);
    }

    [Fact]
    public async Task OtherPartitions_ShouldBeRefused_WhenSoughtOrPaused()
    {
        string topic = await cluster.TopicAsync();
        using BatchConsumer consumer = cluster.Open(topic);
        Assert.Throws<KafkaFailureException>(() => consumer.Seek(topic, 7, 0));
        Assert.Throws<KafkaFailureException>(() => consumer.Pause([new PartitionId("other", 0)]));
        Assert.Equal(PartitionOffset.None, consumer.Position("other", 0));
    }

    [Fact]
    public async Task Consuming_ShouldCostNoGarbage()
    {
        string topic = await cluster.TopicAsync(2);
        cluster.Fill(topic, 60_000);
        cluster.Fill(topic, 60_000, partition: 1);
        using BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions());
        consumer.Assign([.. Enumerable.Range(0, 2).Select(i => new PartitionOffset(new PartitionId(topic, i), 0))]);
        long sum = 0;
        Look look = record => sum += record.Value.Length + record.Topic.Length + record.TimestampMs + record.Headers().Count;
        consumer.Read(10_000, look);
        long before = GC.GetAllocatedBytesForCurrentThread();
        consumer.Read(100_000, look);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.True(sum > 0);
    }

    [Fact]
    public async Task Assignment_ShouldBeReplaced_WhenAssignedAgain()
    {
        string first = await cluster.TopicAsync();
        string second = await cluster.TopicAsync();
        cluster.Fill(first, 1000);
        cluster.Fill(second, 10);
        using BatchConsumer consumer = cluster.Open(first, new BatchConsumerOptions { MaxBatchRecords = 100 });
        consumer.Read(100, record => Assert.Equal(first, record.Topic));
        consumer.Assign([new PartitionOffset(new PartitionId(second, 0), 3)]);
        consumer.Read(7, record => Assert.Equal(second, record.Topic));
        Assert.Equal([new PartitionId(second, 0)], consumer.Assignment);
    }

    [Fact]
    public async Task Consumer_ShouldGoOn_WhenTheBrokerComesBack()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 10);
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(10, _ => { });
        await cluster.StopAsync();
        consumer.Until(() => consumer.Warnings > 0);
        await cluster.StartAsync();
        cluster.Fill(topic, 5, from: 10);
        var values = new List<string>();
        consumer.Read(5, record => values.Add(Text(record.Value)));
        Assert.Equal(["10", "11", "12", "13", "14"], values);
    }

    [Fact]
    public async Task Consumer_ShouldClose_InEveryState()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 1000);
        BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions()).Dispose();
        using (BatchConsumer assigned = cluster.Open(topic))
        {
            assigned.Dispose();
            Assert.Throws<ObjectDisposedException>(() => assigned.Poll(TimeSpan.Zero));
            assigned.Wakeup();
        }

        using (BatchConsumer reading = cluster.Open(topic))
        {
            reading.Read(1, _ => { });
            reading.Pause([new PartitionId(topic, 0)]);
        }

        using BatchConsumer joining = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic });
        joining.Subscribe([topic]);
        Assert.True(joining.Close(Patience));
        Assert.True(joining.Close(Patience));
    }
}
