using System.Diagnostics;
using System.Text;

namespace AuditIntel.Kafka.Tests;

/// <summary>What the tests say often: read so many, wait for that.</summary>
internal static class Reading
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal delegate void Look(ConsumedRecord record);

    /// <summary>Polls until so many records were seen. A batch is always looked at whole.</summary>
    internal static void Read(this BatchConsumer consumer, int count, Look look)
    {
        long begin = Stopwatch.GetTimestamp();
        while (count > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"{count} records are missing.");
            count -= Drain(consumer.Poll(TimeSpan.FromMilliseconds(100)), look);
        }
    }

    internal static void Until(this BatchConsumer consumer, Func<bool> condition, Look? look = null)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "It did not happen in time.");
            Drain(consumer.Poll(TimeSpan.FromMilliseconds(50)), look ?? (_ => { }));
        }
    }

    internal static int Drain(RecordBatch batch, Look look)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            look(batch[i]);
        }

        return batch.Count;
    }

    /// <summary>A consumer of one partition from its beginning.</summary>
    internal static BatchConsumer Open(this ClusterFixture cluster, string topic, BatchConsumerOptions? options = null)
    {
        BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, options ?? new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(new PartitionId(topic, 0), PartitionOffset.Beginning)]);
        return consumer;
    }

    /// <summary>Writes records whose values are their numbers, "0" and on.</summary>
    internal static void Fill(this ClusterFixture cluster, string topic, int count, int partition = 0, int from = 0)
    {
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka);
        TopicHandle handle = producer.Topic(topic);
        for (int i = from; i < from + count; i++)
        {
            producer.Produce(handle, partition, default, Encoding.UTF8.GetBytes(i.ToString()));
        }

        producer.Flush(Patience);
    }

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
