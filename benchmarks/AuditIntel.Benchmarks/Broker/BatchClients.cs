using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Benchmarks.Broker;

/// <summary>The workloads through librdkafka's batch calls, as the topology runtime makes them.</summary>
internal static class BatchClients
{
    public static void Produce(KafkaOptions kafka, string topic, int partitions, int records, int bytes)
    {
        using BatchProducer producer = BatchProducer.Create(kafka);
        TopicHandle handle = producer.Topic(topic);
        byte[] value = Payload.Of(bytes);
        for (int i = 0; i < records; i++)
        {
            producer.Produce(handle, i % partitions, default, value);
        }

        producer.Flush(ExactlyOnce.Timeout);
    }

    public static void Consume(KafkaOptions kafka, string topic, int partitions, int records)
    {
        using BatchConsumer consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions());
        consumer.Assign([.. Enumerable.Range(0, partitions).Select(partition => new PartitionOffset(new PartitionId(topic, partition), 0))]);
        long bytes = 0;
        for (int read = 0; read < records;)
        {
            RecordBatch batch = consumer.Poll(ExactlyOnce.Timeout);
            for (int i = 0; i < batch.Count; i++)
            {
                bytes += batch[i].Value.Length;
            }

            read += batch.Count;
        }

        Payload.Check(bytes, records);
    }

    public static void Copy(KafkaOptions kafka, string from, string to, int records)
    {
        using BatchConsumer consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions { GroupId = $"{to}-group" });
        using BatchProducer producer = BatchProducer.Create(kafka, new BatchProducerOptions { TransactionalId = $"{to}-writer" });
        producer.InitTransactions(ExactlyOnce.Timeout);
        consumer.Subscribe([from]);
        TopicHandle target = producer.Topic(to);
        long lastCommit = 0;
        bool inTransaction = false;
        for (int copied = 0; copied < records;)
        {
            RecordBatch batch = consumer.Poll(ExactlyOnce.Timeout);
            if (batch.Count > 0 && !inTransaction)
            {
                producer.BeginTransaction();
                inTransaction = true;
                lastCommit = Stopwatch.GetTimestamp();
            }

            for (int i = 0; i < batch.Count; i++)
            {
                ConsumedRecord record = batch[i];
                producer.Produce(target, record.Partition, default, record.Value, record.TimestampMs);
            }

            copied += batch.Count;
            if (inTransaction && (copied >= records || Stopwatch.GetElapsedTime(lastCommit) >= ExactlyOnce.CommitInterval))
            {
                producer.SendOffsetsToTransaction(
                    [.. consumer.Assignment.Select(partition => new PartitionOffset(partition, consumer.Position(partition))).Where(offset => offset.Offset >= 0)],
                    consumer.Membership,
                    ExactlyOnce.Timeout);
                producer.CommitTransaction(ExactlyOnce.Timeout);
                inTransaction = false;
            }
        }
    }
}
