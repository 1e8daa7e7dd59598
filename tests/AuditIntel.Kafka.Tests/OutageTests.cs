using System.Diagnostics;
using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>No call waits without an end when the brokers are gone for good. Each test has a broker of its own to take away.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly EmbeddedCluster _cluster = new();

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Close_ShouldEnd_WhenTheBrokerIsGone()
    {
        string topic = await _cluster.TopicAsync();
        BatchConsumer consumer = await JoinedAsync(topic, new BatchConsumerOptions { GroupId = topic });
        await _cluster.StopAsync();
        long begin = Stopwatch.GetTimestamp();
        consumer.Close(TimeSpan.FromSeconds(2));
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Commit_ShouldFail_WhenTheBrokerIsGone()
    {
        string topic = await _cluster.TopicAsync();
        using BatchConsumer consumer = await JoinedAsync(topic, new BatchConsumerOptions { GroupId = topic, RequestTimeout = TimeSpan.FromSeconds(2), CloseTimeout = TimeSpan.FromSeconds(1) });
        await _cluster.StopAsync();
        long begin = Stopwatch.GetTimestamp();
        Assert.Throws<KafkaFailureException>(() => consumer.Commit([new PartitionOffset(new PartitionId(topic, 0), 1)]));
        Assert.Throws<KafkaFailureException>(() => consumer.QueryWatermarks(new PartitionId(topic, 0)));
        Assert.Throws<KafkaFailureException>(() => consumer.Committed([new PartitionId(topic, 0)]));
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Commit_ShouldSucceed_WhenTheBrokerComesBackInTime()
    {
        string topic = await _cluster.TopicAsync();
        var partition = new PartitionId(topic, 0);
        using BatchConsumer consumer = await JoinedAsync(topic, new BatchConsumerOptions { GroupId = topic });
        await _cluster.StopAsync();
        await _cluster.StartAsync();
        consumer.Commit([new PartitionOffset(partition, 1)]);
        Assert.Equal(1, consumer.Committed([partition])[0].Offset);
    }

    [Fact]
    public async Task Producer_ShouldClose_WhenTheBrokerIsGone()
    {
        string topic = await _cluster.TopicAsync();
        var warnings = new List<string>();
        BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { CloseTimeout = TimeSpan.FromSeconds(1) }, line => { lock (warnings) { warnings.Add(line); } });
        await _cluster.StopAsync();
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        long begin = Stopwatch.GetTimestamp();
        producer.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Contains("1 records were given up when the producer was closed.", warnings);
    }

    [Fact]
    public async Task OpenTransaction_ShouldNotKeepTheProducerFromClosing_WhenTheBrokerIsGone()
    {
        string topic = await _cluster.TopicAsync();
        BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { TransactionalId = topic, CloseTimeout = TimeSpan.FromSeconds(1) });
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "x"u8);
        producer.Flush(Patience);
        await _cluster.StopAsync();
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.CommitTransaction(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(TransactionErrorKind.Retriable, failure.Kind);
        long begin = Stopwatch.GetTimestamp();
        producer.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Commit_ShouldBeRepeatable_WhenItsOutcomeWasUnknown()
    {
        string topic = await _cluster.TopicAsync();
        using BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { TransactionalId = topic });
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.Produce(producer.Topic(topic), 0, default, "once"u8);
        producer.Flush(Patience);
        await _cluster.StopAsync();
        KafkaTransactionException failure = Assert.Throws<KafkaTransactionException>(() => producer.CommitTransaction(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(TransactionErrorKind.Retriable, failure.Kind);
        await _cluster.StartAsync();
        producer.CommitTransaction(Patience);
        using BatchConsumer consumer = _cluster.Open(topic);
        var values = new List<string>();
        consumer.Read(1, record => values.Add(Text(record.Value)));
        consumer.Until(() => consumer.IsAtEnd(topic, 0), record => values.Add(Text(record.Value)));
        Assert.Equal(["once"], values);
    }

    private Task<BatchConsumer> JoinedAsync(string topic, BatchConsumerOptions options)
    {
        BatchConsumer consumer = BatchConsumer.Create(_cluster.Kafka, options);
        consumer.Subscribe([topic]);
        consumer.Until(() => consumer.IsAtEnd(topic, 0));
        return Task.FromResult(consumer);
    }
}
