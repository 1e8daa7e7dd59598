using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Transactions on the embedded broker, with what the mock cluster does not keep: markers, and who may see what.</summary>
public sealed class EmbeddedTransactionTests(EmbeddedCluster cluster) : TransactionContract(cluster), IClassFixture<EmbeddedCluster>
{
    private readonly EmbeddedCluster _cluster = cluster;

    [Fact]
    public async Task Transaction_ShouldShowNothing_WhenAborted()
    {
        string topic = await _cluster.TopicAsync();
        using (BatchProducer producer = Open(topic))
        {
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "aborted"u8);
            producer.Flush(Patience);
            producer.AbortTransaction(Patience);
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "committed"u8);
            producer.CommitTransaction(Patience);
        }

        using BatchConsumer consumer = _cluster.Open(topic);
        var values = new List<string>();
        consumer.Read(1, record => values.Add(Text(record.Value)));
        consumer.Until(() => consumer.IsAtEnd(topic, 0));
        Assert.Equal(["committed"], values);

        // Two records and two markers.
        Assert.Equal(4, consumer.Position(topic, 0));
        Assert.Equal((0, 4), consumer.QueryWatermarks(new PartitionId(topic, 0)));
    }

    [Fact]
    public async Task OpenTransaction_ShouldHoldReadersOfCommittedRecords_ButNotOthers()
    {
        string topic = await _cluster.TopicAsync();
        using BatchProducer producer = Open(topic);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "open"u8);
        producer.Flush(Patience);
        using BatchConsumer committed = _cluster.Open(topic);
        committed.Until(() => committed.IsAtEnd(topic, 0), _ => Assert.Fail("A record of an open transaction was handed out."));
        Assert.Equal((0, 0), committed.QueryWatermarks(new PartitionId(topic, 0)));
        using BatchConsumer all = _cluster.Open(topic, new BatchConsumerOptions { ReadCommitted = false });
        all.Read(1, record => Assert.Equal("open", Text(record.Value)));
        producer.CommitTransaction(Patience);
        committed.Read(1, record => Assert.Equal("open", Text(record.Value)));
    }

    [Fact]
    public async Task Abort_ShouldGiveUpWhatIsStillQueued()
    {
        string topic = await _cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { TransactionalId = topic, Linger = TimeSpan.FromMinutes(1) });
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "queued"u8);
        producer.AbortTransaction(Patience);
        producer.Poll();
        Assert.Equal(0, producer.Outstanding);
    }

    [Fact]
    public async Task Dispose_ShouldEndAnOpenTransaction()
    {
        string topic = await _cluster.TopicAsync();
        using (BatchProducer producer = Open(topic))
        {
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "open"u8);
            producer.Flush(Patience);
        }

        _cluster.Fill(topic, 1);
        using BatchConsumer consumer = _cluster.Open(topic);
        consumer.Read(1, record => Assert.Equal("0", Text(record.Value)));
    }

    private BatchProducer Open(string name)
    {
        BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { TransactionalId = name });
        producer.InitTransactions(Patience);
        return producer;
    }
}
