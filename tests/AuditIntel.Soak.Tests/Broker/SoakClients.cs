using System.Buffers.Binary;
using AuditIntel.Kafka;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>Settings and the final look of the clients under fire.</summary>
internal static class SoakClients
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Clients that come back soon after the broker is there again.</summary>
    public static KafkaOptions On(string bootstrapServers) => new()
    {
        BootstrapServers = bootstrapServers,
        Properties = new Dictionary<string, string> { ["reconnect.backoff.ms"] = "20", ["reconnect.backoff.max.ms"] = "200" },
    };

    /// <summary>Reads a topic as read_committed and expects the numbers 0 to <paramref name="count"/> - 1, spread over the partitions in order.</summary>
    public static void AssertNumbers(KafkaOptions kafka, string topic, int partitions, long count)
    {
        using BatchConsumer consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions());
        consumer.Assign([.. Enumerable.Range(0, partitions).Select(partition => new PartitionOffset(new PartitionId(topic, partition), 0))]);
        long[] next = [.. Enumerable.Range(0, partitions).Select(partition => (long)partition)];
        long read = 0;
        while (!Enumerable.Range(0, partitions).All(partition => consumer.IsAtEnd(new PartitionId(topic, partition))))
        {
            RecordBatch batch = consumer.Poll(Timeout);
            for (int i = 0; i < batch.Count; i++)
            {
                long number = BinaryPrimitives.ReadInt64BigEndian(batch[i].Value);
                int partition = batch[i].Partition;
                Assert.True(number == next[partition], $"{topic}-{partition}, offset {batch[i].Offset}: number {number} came, {next[partition]} was due.");
                next[partition] += partitions;
            }

            read += batch.Count;
        }

        Assert.Equal(count, read);
    }
}
