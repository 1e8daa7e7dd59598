using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>What a producer makes of a coordinator's refusals, which the mock cluster gives on demand.</summary>
public sealed class MockTransactionTests(MockCluster cluster) : IClassFixture<MockCluster>
{
    private const short InitProducerId = 22;
    private const short AddPartitions = 24;
    private const short EndTransaction = 26;

    [Fact]
    public async Task Transaction_ShouldCommit()
    {
        string topic = await cluster.TopicAsync();
        using (BatchProducer producer = Begun(topic))
        {
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
            producer.CommitTransaction(Patience);
        }

        using BatchConsumer reader = cluster.Open(topic);
        reader.Read(1, record => Assert.Equal("x", Text(record.Value)));
    }

    [Theory]
    [InlineData(47, TransactionErrorKind.Fenced)] // INVALID_PRODUCER_EPOCH
    [InlineData(90, TransactionErrorKind.Fenced)] // PRODUCER_FENCED
    [InlineData(48, TransactionErrorKind.Fatal)] // INVALID_TXN_STATE
    [InlineData(53, TransactionErrorKind.Fatal)] // TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    public async Task RefusedCommit_ShouldSayWhatIsToBeDone(int error, TransactionErrorKind expected)
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = Begun(topic);
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        producer.Flush(Patience);
        cluster.Refuse(EndTransaction, error);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.CommitTransaction(Patience));
        Assert.Equal(expected, failure.Kind);
        Assert.True(failure.NeedsNewProducer);
    }

    [Fact]
    public async Task RefusedTopic_ShouldRequireAnAbort()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = Begun(topic);
        cluster.Refuse(AddPartitions, 29); // TOPIC_AUTHORIZATION_FAILED
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.CommitTransaction(Patience));
        Assert.Equal(TransactionErrorKind.RequiresAbort, failure.Kind);
        Assert.False(failure.NeedsNewProducer);
        producer.AbortTransaction(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        producer.CommitTransaction(Patience);
    }

    [Fact]
    public async Task PassingRefusal_ShouldBeSettledByTheClientItself()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = Begun(topic);
        cluster.Refuse(EndTransaction, 15, 51); // COORDINATOR_NOT_AVAILABLE, CONCURRENT_TRANSACTIONS
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        producer.CommitTransaction(Patience);
    }

    [Fact]
    public async Task SilentCoordinator_ShouldBeRetriable()
    {
        string topic = await cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = topic });
        cluster.Refuse(InitProducerId, [.. Enumerable.Repeat(15, 50)]);
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.InitTransactions(TimeSpan.FromSeconds(1)));
        Assert.Equal(TransactionErrorKind.Retriable, failure.Kind);
        cluster.Refuse(InitProducerId);
        producer.InitTransactions(Patience);
    }

    private BatchProducer Begun(string name)
    {
        BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { TransactionalId = name, CloseTimeout = TimeSpan.FromSeconds(1) });
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        return producer;
    }
}
