using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>The admin APIs for which no client at hand has a call, in raw frames of their newest version.</summary>
public sealed class AdminApiTests : IAsyncLifetime, IDisposable
{
    private TestBroker _broker = null!;
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _client = new(_broker.Port);
        BadInputTests.Produce(_client, Batches.Of("a", "b", "c"), "t");
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void DeleteRecords_ShouldRaiseTheFirstOffset_AndRefuseOneBeyondTheEnd()
    {
        Assert.Equal((0, 2L), Delete(2));
        Assert.Equal(((int)ErrorCode.OffsetOutOfRange, -1L), Delete(9));

        (int Error, long Low) Delete(long offset)
        {
            var answer = _client.Call<DeleteRecordsRequest, DeleteRecordsResponse>(
                ApiKey.DeleteRecords, 2, new() { Topics = [new() { Name = "t", Partitions = [new() { Offset = offset }] }] }).Topics[0].Partitions[0];
            return (answer.ErrorCode, answer.LowWatermark);
        }
    }

    [Fact]
    public void OffsetForLeaderEpoch_ShouldTellTheEndOfTheOnlyEpoch()
    {
        var answer = _client.Call<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>(
            ApiKey.OffsetForLeaderEpoch, 4, new() { Topics = [new() { Topic = "t", Partitions = [new() { LeaderEpoch = 0 }] }] }).Topics[0].Partitions[0];
        Assert.Equal((0, 3L), (answer.LeaderEpoch, answer.EndOffset));
    }

    [Fact]
    public void DescribeLogDirs_ShouldTellTheSizeOfEveryPartition()
    {
        var answer = _client.Call<DescribeLogDirsRequest, DescribeLogDirsResponse>(ApiKey.DescribeLogDirs, 4, new() { Topics = null }).Results.Single();
        Assert.True(answer.Topics.Single(t => t.Name == "t").Partitions[0].PartitionSize > 61);
        Assert.True(answer.UsableBytes > 0);
    }

    [Fact]
    public void IncrementalAlterConfigs_ShouldSetAppendAndDelete()
    {
        Assert.Equal(0, Change("cleanup.policy", 0, "compact"));
        Assert.Equal(0, Change("cleanup.policy", 2, "delete"));
        Assert.Equal("compact,delete", Setting("cleanup.policy"));
        Assert.Equal(0, Change("cleanup.policy", 1, null));
        Assert.Equal("delete", Setting("cleanup.policy"));
        Assert.Equal((short)ErrorCode.InvalidConfig, Change("cleanup.policy", 0, "burn"));
        Assert.Equal((short)ErrorCode.InvalidConfig, Change("no.such.setting", 0, "1"));

        short Change(string name, sbyte operation, string? value) => _client.Call<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(
            ApiKey.IncrementalAlterConfigs,
            1,
            new() { Resources = [new() { ResourceType = 2, ResourceName = "t", Configs = [new() { Name = name, ConfigOperation = operation, Value = value }] }] })
            .Responses[0].ErrorCode;

        string? Setting(string name) => _client.Call<DescribeConfigsRequest, DescribeConfigsResponse>(
            ApiKey.DescribeConfigs, 4, new() { Resources = [new() { ResourceType = 2, ResourceName = "t", ConfigurationKeys = [name] }] })
            .Results[0].Configs[0].Value;
    }

    [Fact]
    public void OffsetDelete_ShouldForgetTheOffset()
    {
        Assert.Equal(0, _client.Call<OffsetCommitRequest, OffsetCommitResponse>(ApiKey.OffsetCommit, 8, new()
        {
            GroupId = "g",
            Topics = [new() { Name = "t", Partitions = [new() { CommittedOffset = 2 }] }],
        }).Topics[0].Partitions[0].ErrorCode);
        Assert.Equal(2, Committed());
        Assert.Equal(0, _client.Call<OffsetDeleteRequest, OffsetDeleteResponse>(
            ApiKey.OffsetDelete, 0, new() { GroupId = "g", Topics = [new() { Name = "t", Partitions = [new()] }] }).ErrorCode);
        Assert.Equal(-1, Committed());

        long Committed() => _client.Call<OffsetFetchRequest, OffsetFetchResponse>(
            ApiKey.OffsetFetch, 8, new() { Groups = [new() { GroupId = "g", Topics = [new() { Name = "t", PartitionIndexes = [0] }] }] })
            .Groups[0].Topics[0].Partitions[0].CommittedOffset;
    }

    [Theory]
    [InlineData("t", (short)ErrorCode.GroupSubscribedToTopic)]
    [InlineData("other", (short)ErrorCode.None)]
    public void OffsetDelete_ShouldSpareOnlyTheTopics_ThatAMemberSubscribesTo(string topic, short expected)
    {
        using var consumer = new Confluent.Kafka.ConsumerBuilder<byte[], byte[]>(new Confluent.Kafka.ConsumerConfig
        {
            BootstrapServers = _broker.Servers,
            GroupId = "live",
            AllowAutoCreateTopics = true,
        }).Build();
        consumer.Subscribe("t");
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (consumer.Assignment.Count == 0 && DateTime.UtcNow < deadline)
        {
            consumer.Consume(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(expected, _client.Call<OffsetDeleteRequest, OffsetDeleteResponse>(
            ApiKey.OffsetDelete, 0, new() { GroupId = "live", Topics = [new() { Name = topic, Partitions = [new()] }] }).Topics[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public void DescribeCluster_ShouldNameTheOneBroker()
    {
        var answer = _client.Call<DescribeClusterRequest, DescribeClusterResponse>(ApiKey.DescribeCluster, 1, new());
        Assert.Equal(_broker.Port, answer.Brokers.Single().Port);
        Assert.NotEmpty(answer.ClusterId);
    }

    [Fact]
    public void Transactions_ShouldBeListedAndDescribed_WithTheirProducers()
    {
        var producer = _client.Call<InitProducerIdRequest, InitProducerIdResponse>(
            ApiKey.InitProducerId, 4, new() { TransactionalId = "x", TransactionTimeoutMs = 10_000 });
        _client.Call<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>(ApiKey.AddPartitionsToTxn, 3, new()
        {
            TransactionalId = "x",
            ProducerId = producer.ProducerId,
            ProducerEpoch = producer.ProducerEpoch,
            Topics = [new() { Name = "t", Partitions = [0] }],
        });
        var listed = _client.Call<ListTransactionsRequest, ListTransactionsResponse>(ApiKey.ListTransactions, 1, new() { StateFilters = ["Ongoing"] });
        Assert.Equal("x", listed.TransactionStates.Single().TransactionalId);
        var described = _client.Call<DescribeTransactionsRequest, DescribeTransactionsResponse>(
            ApiKey.DescribeTransactions, 0, new() { TransactionalIds = ["x", "unknown"] }).TransactionStates;
        Assert.Equal(("Ongoing", "t"), (described[0].TransactionState, described[0].Topics.Single().Topic));
        Assert.Equal((short)ErrorCode.TransactionalIdNotFound, described[1].ErrorCode);

        Assert.Equal(ErrorCode.None, Produce(Batches.From(producer.ProducerId, producer.ProducerEpoch, 0, true, "in"), "x"));
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, Produce(Batches.From(producer.ProducerId, producer.ProducerEpoch, 1, true, "out"), "other"));
        var producers = _client.Call<DescribeProducersRequest, DescribeProducersResponse>(
            ApiKey.DescribeProducers, 0, new() { Topics = [new() { Name = "t", PartitionIndexes = [0] }] }).Topics[0].Partitions[0].ActiveProducers;
        Assert.Equal(3, producers.Single(p => p.ProducerId == producer.ProducerId).CurrentTxnStartOffset);

        ErrorCode Produce(byte[] batch, string id) => (ErrorCode)_client.Call<ProduceRequest, ProduceResponse>(ApiKey.Produce, 9, new()
        {
            TransactionalId = id,
            Acks = -1,
            TopicData = [new() { Name = "t", PartitionData = [new() { Records = RecordsPayload.From(batch) }] }],
        }).Responses[0].PartitionResponses[0].ErrorCode;
    }

    [Fact]
    public void DescribeAcls_ShouldSayThatThereAreNone() => Assert.Equal(
        (short)ErrorCode.SecurityDisabled,
        _client.Call<DescribeAclsRequest, DescribeAclsResponse>(ApiKey.DescribeAcls, 3, new()).ErrorCode);
}
