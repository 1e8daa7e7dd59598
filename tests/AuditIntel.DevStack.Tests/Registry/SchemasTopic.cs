using System.Text;
using Confluent.Kafka;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>The topic as anybody else sees it, through an independent client.</summary>
internal static class SchemasTopic
{
    private const string Name = "_schemas";

    /// <summary>Every record as "key value", oldest first; a tombstone's value is null.</summary>
    public static string[] Records(string servers)
    {
        using IConsumer<string, string?> consumer = new ConsumerBuilder<string, string?>(
            new ConsumerConfig { BootstrapServers = servers, GroupId = "reader", EnablePartitionEof = true, EnableAutoCommit = false })
            .SetValueDeserializer(Deserializers.Utf8!)
            .Build();
        consumer.Assign(new TopicPartitionOffset(Name, 0, Offset.Beginning));
        var records = new List<string>();
        while (true)
        {
            ConsumeResult<string, string?>? record = consumer.Consume(TimeSpan.FromSeconds(30));
            Assert.NotNull(record);
            if (record.IsPartitionEOF)
            {
                return [.. records];
            }

            records.Add($"{record.Message.Key} {record.Message.Value ?? "null"}");
        }
    }

    /// <summary>Writes records as another registry would, in this order.</summary>
    public static async Task WriteAsync(string servers, params (string Key, string? Value)[] records)
    {
        using IProducer<byte[], byte[]?> producer = new ProducerBuilder<byte[], byte[]?>(new ProducerConfig { BootstrapServers = servers, LingerMs = 0 }).Build();
        foreach ((string key, string? value) in records)
        {
            await producer.ProduceAsync(
                new TopicPartition(Name, 0),
                new Message<byte[], byte[]?> { Key = Encoding.UTF8.GetBytes(key), Value = value is null ? null : Encoding.UTF8.GetBytes(value) });
        }
    }
}
