using System.Collections.Concurrent;
using System.Diagnostics;
using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Reading in a group: commits, rebalances, listeners.</summary>
public abstract class GroupContract(ClusterFixture cluster)
{
    [Fact]
    public async Task Group_ShouldGoOn_WhereItCommitted()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 20);
        var options = new BatchConsumerOptions { GroupId = "g-" + topic, SessionTimeout = TimeSpan.FromSeconds(6) };
        var partition = new PartitionId(topic, 0);
        using (BatchConsumer first = BatchConsumer.Create(cluster.Kafka, options))
        {
            first.Subscribe([topic]);
            first.Read(20, _ => { });
            first.Commit([new PartitionOffset(partition, 12)]);
            Assert.Equal([new PartitionOffset(partition, 12)], first.Committed([partition]));
        }

        using BatchConsumer second = BatchConsumer.Create(cluster.Kafka, options);
        second.Subscribe([topic]);
        long lowest = long.MaxValue;
        second.Read(8, record => lowest = Math.Min(lowest, record.Offset));
        Assert.Equal(12, lowest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rebalance_ShouldLoseNothing_AndRepeatNothing_WhenRevokedPartitionsAreCommitted(bool cooperative)
    {
        const int Partitions = 4;
        const int Each = 20_000;
        string topic = await cluster.TopicAsync(Partitions);
        for (int i = 0; i < Partitions; i++)
        {
            cluster.Fill(topic, Each, i);
        }

        var seen = new ConcurrentDictionary<(int Partition, long Offset), int>();
        var options = new BatchConsumerOptions { GroupId = "g-" + topic, Cooperative = cooperative, MaxBatchRecords = 100, SessionTimeout = TimeSpan.FromSeconds(6) };
        using var stop = new CancellationTokenSource();
        var first = new Member(cluster.Kafka, options, topic, seen, !cluster.CommitsWhileRebalancing);
        Task one = first.Run(stop.Token);
        await Condition(() => seen.Count > 2000);
        var second = new Member(cluster.Kafka, options, topic, seen, !cluster.CommitsWhileRebalancing);
        Task two = second.Run(stop.Token);
        await Condition(() => seen.Count == Partitions * Each || one.IsFaulted || two.IsFaulted);
        await Condition(() => second.Assigned > 0 || two.IsFaulted);
        await stop.CancelAsync();
        await Task.WhenAll(one, two);
        Assert.Equal(Partitions * Each, seen.Count);
        Assert.Equal(0, first.Lost + second.Lost);
        if (cluster.CommitsWhileRebalancing)
        {
            Assert.DoesNotContain(seen, entry => entry.Value != 1);
        }
    }

    [Fact]
    public async Task Listener_ShouldSayWhereToStart()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 100);
        var listener = new Listener { Starts = ids => [.. ids.Select(id => new PartitionOffset(id, 40))] };
        using BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic }, listener);
        consumer.Subscribe([topic]);
        var offsets = new List<long>();
        consumer.Read(60, record => offsets.Add(record.Offset));
        Assert.Equal(Enumerable.Range(40, 60).Select(i => (long)i), offsets);
    }

    [Fact]
    public async Task Listener_ShouldPauseWhatIsBeingAssigned()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 100);
        var partition = new PartitionId(topic, 0);
        BatchConsumer? consumer = null;
        var listener = new Listener { Starts = ids => { consumer!.Pause(ids); return []; } };
        using (consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic }, listener))
        {
            consumer.Subscribe([topic]);
            consumer.Until(() => listener.Assigned.Count > 0, _ => Assert.Fail("A paused partition brought a record."));
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(0, consumer.Poll(TimeSpan.FromMilliseconds(10)).Count);
            }

            consumer.Resume([partition]);
            var offsets = new List<long>();
            consumer.Read(100, record => offsets.Add(record.Offset));
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), offsets);
        }
    }

    [Fact]
    public async Task Poll_ShouldThrowWhatTheListenerThrew_AndLoseNoRecord()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 100);
        var listener = new Listener { Starts = _ => throw new InvalidDataException("from the listener") };
        using BatchConsumer consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic }, listener);
        consumer.Subscribe([topic]);
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => consumer.Until(() => false));
        Assert.Equal("from the listener", thrown.Message);
        var offsets = new List<long>();
        consumer.Read(100, record => offsets.Add(record.Offset));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), offsets);
    }

    [Fact]
    public async Task Close_ShouldTellTheListener_WhichMayStillCommit()
    {
        string topic = await cluster.TopicAsync();
        cluster.Fill(topic, 10);
        var partition = new PartitionId(topic, 0);
        BatchConsumer? consumer = null;
        var listener = new Listener { OnTaken = ids => consumer!.Commit([.. ids.Select(id => new PartitionOffset(id, consumer.Position(id)))]) };
        using (consumer = BatchConsumer.Create(cluster.Kafka, new BatchConsumerOptions { GroupId = topic }, listener))
        {
            consumer.Subscribe([topic]);
            consumer.Read(10, _ => { });
            Assert.True(consumer.Close(Patience));
        }

        Assert.Equal([partition], listener.Revoked);
        using var admin = new TopicAdmin(cluster.Kafka);
        Assert.Equal([new PartitionOffset(partition, 10)], await admin.CommittedAsync(topic, [partition]));
    }

    private static async Task Condition(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "It did not happen in time.");
            await Task.Delay(20);
        }
    }

    private sealed class Listener : IPartitionListener
    {
        public Func<IReadOnlyList<PartitionId>, IReadOnlyList<PartitionOffset>> Starts { get; init; } = _ => [];

        public Action<IReadOnlyList<PartitionId>> OnTaken { get; init; } = _ => { };

        public List<PartitionId> Assigned { get; } = [];

        public List<PartitionId> Revoked { get; } = [];

        public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
        {
            Assigned.AddRange(partitions);
            return Starts(partitions);
        }

        public void OnRevoked(IReadOnlyList<PartitionId> partitions)
        {
            Revoked.AddRange(partitions);
            OnTaken(partitions);
        }

        public void OnLost(IReadOnlyList<PartitionId> partitions)
        {
        }
    }

    /// <summary>A consumer on a thread of its own that commits what it has seen whenever a partition is taken from it.</summary>
    private sealed class Member(KafkaOptions kafka, BatchConsumerOptions options, string topic, ConcurrentDictionary<(int, long), int> seen, bool mayBeRefused) : IPartitionListener
    {
        private BatchConsumer? _consumer;

        public int Assigned { get; private set; }

        public int Lost { get; private set; }

        public Task Run(CancellationToken stop) => Task.Factory.StartNew(() => Work(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
        {
            Assigned += partitions.Count;
            return [];
        }

        public void OnRevoked(IReadOnlyList<PartitionId> partitions)
        {
            PartitionOffset[] known = [.. partitions.Select(id => new PartitionOffset(id, _consumer!.Position(id))).Where(position => position.Offset >= 0)];
            if (known.Length == 0)
            {
                return;
            }

            try
            {
                _consumer!.Commit(known);
            }
            catch (KafkaFailureException e) when (e.IsGroupMovedOn && mayBeRefused)
            {
            }
        }

        public void OnLost(IReadOnlyList<PartitionId> partitions) => Lost++;

        private void Work(CancellationToken stop)
        {
            using (_consumer = BatchConsumer.Create(kafka, options, this))
            {
                _consumer.Subscribe([topic]);
                while (!stop.IsCancellationRequested)
                {
                    Drain(_consumer.Poll(TimeSpan.FromMilliseconds(20)), record => seen.AddOrUpdate((record.Partition, record.Offset), 1, (_, times) => times + 1));
                }
            }
        }
    }
}
