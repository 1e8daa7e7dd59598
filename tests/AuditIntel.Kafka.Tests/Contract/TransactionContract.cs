using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>What every cluster that knows transactions shows of them.</summary>
public abstract class TransactionContract(ClusterFixture cluster)
{
    [Fact]
    public async Task Transaction_ShouldCommitRecordsAndOffsetsTogether()
    {
        string input = await cluster.TopicAsync();
        string output = await cluster.TopicAsync();
        var partition = new PartitionId(input, 0);
        cluster.Fill(input, 10);
        using (BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = input }))
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = input }))
        {
            producer.InitTransactions(Patience);
            consumer.Subscribe([input]);
            producer.BeginTransaction();
            TopicHandle handle = producer.Topic(output);
            consumer.Read(10, record => producer.Produce(handle, 0, record.Key, record.Value));
            producer.SendOffsetsToTransaction([new PartitionOffset(partition, consumer.Position(partition))], consumer.Membership, Patience);
            producer.CommitTransaction(Patience);
            Assert.Equal([new PartitionOffset(partition, 10)], consumer.Committed([partition]));
        }

        using BatchConsumer reader = cluster.Open(output);
        var values = new List<string>();
        reader.Read(10, record => values.Add(Text(record.Value)));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i.ToString()), values);
    }

    [Fact]
    public async Task Producer_ShouldBeFenced_WhenAnotherTakesItsName()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer old = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = topic });
        old.InitTransactions(Patience);
        old.BeginTransaction();
        old.Produce(old.Topic(topic), 0, default, "x"u8);
        old.Flush(Patience);
        using BatchProducer young = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = topic });
        young.InitTransactions(Patience);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => old.CommitTransaction(Patience));
        Assert.Equal(TransactionErrorKind.Fenced, failure.Kind);
        Assert.True(failure.NeedsNewProducer);
    }
}
