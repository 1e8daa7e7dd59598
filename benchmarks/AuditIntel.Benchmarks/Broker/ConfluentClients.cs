using System.Diagnostics;
using AuditIntel.Kafka;
using Confluent.Kafka;

namespace AuditIntel.Benchmarks.Broker;

/// <summary>
/// The workloads through Confluent.Kafka's own API, record by record, as its users write them. Prefetching is raised: with the defaults
/// librdkafka before 2.2 stops fetching for a second whenever its queue is full.
/// </summary>
internal static class ConfluentClients
{
    private const int QueuedRecords = 1_000_000;
    private const int QueuedKilobytes = 1 << 20;

    public static void Produce(KafkaOptions kafka, string topic, int partitions, int records, int bytes)
    {
        using IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(Producer(kafka)).Build();
        TopicPartition[] targets = [.. Enumerable.Range(0, partitions).Select(partition => new TopicPartition(topic, partition))];
        var message = new Message<Null, byte[]> { Value = Payload.Of(bytes) };
        for (int i = 0; i < records; i++)
        {
            Send(producer, targets[i % partitions], message);
        }

        Flush(producer);
    }

    public static void Consume(KafkaOptions kafka, string topic, int partitions, int records)
    {
        using IConsumer<Ignore, byte[]> consumer = new ConsumerBuilder<Ignore, byte[]>(Consumer(kafka, $"{topic}-reader")).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, 0)));
        long bytes = 0;
        for (int read = 0; read < records; read++)
        {
            bytes += consumer.Consume(ExactlyOnce.Timeout)?.Message.Value.Length
                ?? throw new TimeoutException($"{topic}: record {read} did not come within {ExactlyOnce.Timeout}.");
        }

        Payload.Check(bytes, records);
    }

    /// <summary>The exactly-once loop: records and offsets in one transaction a commit interval.</summary>
    public static void Copy(KafkaOptions kafka, string from, string to, int records) => Copy(kafka, from, to, records, transactional: true);

    /// <summary>The loop record by record; without transactions it flushes, then commits the offsets.</summary>
    public static void Copy(KafkaOptions kafka, string from, string to, int records, bool transactional)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(Consumer(kafka, $"{to}-group")).Build();
        ProducerConfig config = Producer(kafka);
        config.TransactionalId = transactional ? $"{to}-writer" : null;
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        if (transactional)
        {
            producer.InitTransactions(ExactlyOnce.Timeout);
        }

        consumer.Subscribe(from);
        var positions = new Dictionary<TopicPartition, Offset>();
        var message = new Message<byte[], byte[]>();
        long lastCommit = 0;
        bool isOpen = false;
        for (int copied = 0; copied < records;)
        {
            ConsumeResult<byte[], byte[]> record = consumer.Consume(ExactlyOnce.Timeout)
                ?? throw new TimeoutException($"{from}: record {copied} did not come within {ExactlyOnce.Timeout}.");
            if (!isOpen)
            {
                if (transactional)
                {
                    producer.BeginTransaction();
                }

                isOpen = true;
                lastCommit = Stopwatch.GetTimestamp();
            }

            message.Key = record.Message.Key;
            message.Value = record.Message.Value;
            message.Timestamp = record.Message.Timestamp;
            Send(producer, new TopicPartition(to, record.Partition), message);
            positions[record.TopicPartition] = record.Offset + 1;
            copied++;
            if (copied >= records || Stopwatch.GetElapsedTime(lastCommit) >= ExactlyOnce.CommitInterval)
            {
                TopicPartitionOffset[] offsets = [.. positions.Select(position => new TopicPartitionOffset(position.Key, position.Value))];
                if (transactional)
                {
                    producer.SendOffsetsToTransaction(offsets, consumer.ConsumerGroupMetadata, ExactlyOnce.Timeout);
                    producer.CommitTransaction(ExactlyOnce.Timeout);
                }
                else
                {
                    Flush(producer);
                    consumer.Commit(offsets);
                }

                isOpen = false;
            }
        }
    }

    private static ProducerConfig Producer(KafkaOptions kafka) => new()
    {
        BootstrapServers = kafka.BootstrapServers,
        ClientId = kafka.ClientId,
        EnableIdempotence = true,
        EnableDeliveryReports = false,
        LingerMs = 5,
        QueueBufferingMaxMessages = QueuedRecords,
        QueueBufferingMaxKbytes = QueuedKilobytes,
    };

    private static ConsumerConfig Consumer(KafkaOptions kafka, string group) => new()
    {
        BootstrapServers = kafka.BootstrapServers,
        ClientId = kafka.ClientId,
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
        QueuedMinMessages = QueuedRecords,
        QueuedMaxMessagesKbytes = QueuedKilobytes,
    };

    private static void Send<TKey>(IProducer<TKey, byte[]> producer, TopicPartition target, Message<TKey, byte[]> message)
    {
        while (true)
        {
            try
            {
                producer.Produce(target, message);
                return;
            }
            catch (ProduceException<TKey, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private static void Flush<TKey>(IProducer<TKey, byte[]> producer)
    {
        if (producer.Flush(ExactlyOnce.Timeout) > 0)
        {
            throw new TimeoutException($"Records are not acknowledged after {ExactlyOnce.Timeout}.");
        }
    }
}
