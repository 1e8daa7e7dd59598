using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

public sealed class TopicAdminTests(EmbeddedCluster cluster) : IClassFixture<EmbeddedCluster>
{
    [Fact]
    public async Task MissingTopics_ShouldBeCreated_AndPresentOnesLeftAlone()
    {
        string first = ClusterFixture.NewName();
        string second = ClusterFixture.NewName();
        using var admin = new TopicAdmin(cluster.Kafka);
        await admin.EnsureTopicsAsync([new TopicSpec(first, 3)]);
        await admin.EnsureTopicsAsync([new TopicSpec(first, 3), new TopicSpec(second, 1, new Dictionary<string, string> { ["cleanup.policy"] = "compact" })]);
        IReadOnlyList<TopicDescription> topics = await admin.ListTopicsAsync();
        Assert.Contains(new TopicDescription(first, 3), topics);
        Assert.Contains(new TopicDescription(second, 1), topics);
    }

    [Fact]
    public async Task OtherPartitions_ShouldBeSaidOfEveryTopic()
    {
        string first = await cluster.TopicAsync(2);
        string second = await cluster.TopicAsync(4);
        using var admin = new TopicAdmin(cluster.Kafka);
        KafkaFailureException failure = await Assert.ThrowsAsync<KafkaFailureException>(
            () => admin.EnsureTopicsAsync([new TopicSpec(first, 3), new TopicSpec(second, 3)]));
        Assert.Contains($"topic {first} has 2 partitions where 3 are wanted; topic {second} has 4 partitions where 3 are wanted", failure.Message);
    }

    [Fact]
    public async Task ImpossibleTopics_ShouldBeRefusedBeforeAnyIsCreated()
    {
        string good = ClusterFixture.NewName();
        using var admin = new TopicAdmin(cluster.Kafka);
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => admin.EnsureTopicsAsync([new TopicSpec(good, 1), new TopicSpec("no/slashes", 0)]));
        Assert.Contains("'no/slashes' cannot be a topic's name", refused.Message);
        Assert.Contains("needs at least 1 partition", refused.Message);
        Assert.DoesNotContain(await admin.ListTopicsAsync(), topic => topic.Name == good);
    }

    [Fact]
    public async Task Programs_ShouldBeAbleToCreateTheSameTopicsAtOnce()
    {
        TopicSpec[] topics = [.. Enumerable.Range(0, 5).Select(_ => new TopicSpec(ClusterFixture.NewName(), 2))];
        TopicAdmin[] programs = [.. Enumerable.Range(0, 4).Select(_ => new TopicAdmin(cluster.Kafka))];
        await Task.WhenAll(programs.Select(program => program.EnsureTopicsAsync(topics)));
        Assert.Superset(topics.Select(topic => topic.Name).ToHashSet(), (await programs[0].ListTopicsAsync()).Select(topic => topic.Name).ToHashSet());
        Array.ForEach(programs, program => program.Dispose());
    }

    [Fact]
    public async Task Offsets_ShouldBeThoseOfEveryPartition_AndFollowTheTopic()
    {
        string topic = await cluster.TopicAsync(2);
        using var admin = new TopicAdmin(cluster.Kafka);
        cluster.Fill(topic, 7);
        Assert.Equal(
            [new OffsetRange(new PartitionId(topic, 0), 0, 7), new OffsetRange(new PartitionId(topic, 1), 0, 0)], await admin.OffsetsAsync([topic, "not-there"]));
        cluster.Fill(topic, 3, partition: 1);
        Assert.Equal([7L, 3L], (await admin.OffsetsAsync([topic])).Select(range => range.End));
    }

    [Fact]
    public async Task Committed_ShouldBeTheGroupsOffsets_OrNone()
    {
        string topic = await cluster.TopicAsync(2);
        PartitionId[] partitions = [new(topic, 0), new(topic, 1)];
        using var admin = new TopicAdmin(cluster.Kafka);
        Assert.Equal([PartitionOffset.None, PartitionOffset.None], (await admin.CommittedAsync(topic, partitions)).Select(p => p.Offset));
        using BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic });
        consumer.Subscribe([topic]);
        consumer.Until(() => consumer.Assignment.Count == 2);
        consumer.Commit([new PartitionOffset(partitions[1], 5)]);
        Assert.Equal([PartitionOffset.None, 5], (await admin.CommittedAsync(topic, partitions)).Select(p => p.Offset));
    }

    [Fact]
    public async Task DeletedTopics_ShouldBeGone_AndMissingOnesBeNoError()
    {
        string topic = await cluster.TopicAsync();
        using var admin = new TopicAdmin(cluster.Kafka);
        await admin.DeleteTopicsAsync([topic, ClusterFixture.NewName()]);
        Assert.DoesNotContain(await admin.ListTopicsAsync(), description => description.Name == topic);
    }

    [Fact]
    public async Task Questions_ShouldEnd_WhenCancelledOrUnanswered()
    {
        using var admin = new TopicAdmin(new KafkaOptions { BootstrapServers = "127.0.0.1:1" }, requestTimeout: TimeSpan.FromSeconds(2));
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admin.ListTopicsAsync(cancel.Token));
        await Assert.ThrowsAsync<KafkaFailureException>(() => admin.ListTopicsAsync());
    }
}
