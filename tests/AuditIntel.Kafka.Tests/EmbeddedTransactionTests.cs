using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Transactions on the embedded broker, with what the mock cluster does not keep: markers, and who may see what.</summary>
public sealed class EmbeddedTransactionTests(EmbeddedCluster cluster) : IClassFixture<EmbeddedCluster>
{

    [Fact]
    public async Task Transaction_ShouldShowNothing_WhenAborted()
    {
        string topic = await cluster.TopicAsync();
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

        using BatchConsumer consumer = cluster.Open(topic);
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
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = Open(topic);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "open"u8);
        producer.Flush(Patience);
        using BatchConsumer committed = cluster.Open(topic);
        committed.Until(() => committed.IsAtEnd(topic, 0), _ => Assert.Fail("A record of an open transaction was handed out."));
        Assert.Equal((0, 0), committed.QueryWatermarks(new PartitionId(topic, 0)));
        using BatchConsumer all = cluster.Open(topic, new BatchConsumerOptions { ReadCommitted = false });
        all.Read(1, record => Assert.Equal("open", Text(record.Value)));
        producer.CommitTransaction(Patience);
        committed.Read(1, record => Assert.Equal("open", Text(record.Value)));
    }

    [Fact]
    public async Task Abort_ShouldGiveUpWhatIsStillQueued()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = topic, Linger = TimeSpan.FromSeconds(30) });
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
        string topic = await cluster.TopicAsync();
        using (BatchProducer producer = Open(topic))
        {
            producer.BeginTransaction();
            producer.Produce(producer.Topic(topic), 0, default, "open"u8);
            producer.Flush(Patience);
        }

        cluster.Fill(topic, 1);
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(1, record => Assert.Equal("0", Text(record.Value)));
    }

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

    [Fact]
    public async Task Offsets_ShouldBeRefused_WhenTheMemberIsGone()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 1);
        using BatchProducer producer = Open(topic);
        GroupMembership gone;
        using (BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic }))
        {
            consumer.Subscribe([topic]);
            consumer.Read(1, _ => { });
            gone = consumer.Membership;
        }

        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(
            () => producer.SendOffsetsToTransaction([new PartitionOffset(new PartitionId(topic, 0), 1)], gone, Patience));
        Assert.Equal(TransactionErrorKind.Fenced, failure.Kind);
        Assert.False(failure.NeedsNewProducer);

        // The producer goes on after an abort.
        producer.AbortTransaction(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        producer.CommitTransaction(Patience);
    }

    [Fact]
    public async Task FailedDelivery_ShouldFailTheTransaction_UntilItIsAborted()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = Open(topic);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 99, default, "no such partition"u8);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.Flush(Patience));
        Assert.Equal(TransactionErrorKind.RequiresAbort, failure.Kind);
        Assert.Throws<KafkaTransactionException>(() => producer.Produce(producer.Topic(topic), 0, default, "x"u8));
        Assert.Throws<KafkaTransactionException>(() => producer.CommitTransaction(Patience));
        producer.AbortTransaction(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "committed"u8);
        producer.CommitTransaction(Patience);
        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(1, record => Assert.Equal("committed", Text(record.Value)));
    }

    private BatchProducer Open(string name)
    {
        BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = name });
        producer.InitTransactions(Patience);
        return producer;
    }
}
