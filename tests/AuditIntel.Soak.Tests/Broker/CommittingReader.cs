using System.Collections.Concurrent;
using AuditIntel.Kafka;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>A group that reads and commits after every batch, as ordinary consumers do.</summary>
internal sealed class CommittingReader : BackgroundLoad
{
    private readonly BatchConsumer _consumer;
    private readonly string _topic;
    private readonly ConcurrentDictionary<PartitionId, long> _committed = [];
    private long _commits;

    private CommittingReader(KafkaOptions kafka, string topic)
    {
        _topic = topic;
        _consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions { GroupId = Group, GroupInstanceId = "reader-1", RequestTimeout = TimeSpan.FromSeconds(5) });
    }

    public string Group => "soak-reader";

    public long Commits => Interlocked.Read(ref _commits);

    public static CommittingReader Start(KafkaOptions kafka, string topic)
    {
        var reader = new CommittingReader(kafka, topic);
        reader.Begin();
        return reader;
    }

    /// <summary>What the broker has acknowledged as committed.</summary>
    public IReadOnlyList<PartitionOffset> Committed() => [.. _committed.Select(each => new PartitionOffset(each.Key, each.Value))];

    public Task FinishAsync(TimeSpan timeout) => EndAsync(timeout);

    protected override void Run(CancellationToken stop)
    {
        using BatchConsumer consumer = _consumer;
        consumer.Subscribe([_topic]);
        while (!stop.IsCancellationRequested)
        {
            if (consumer.Poll(TimeSpan.FromMilliseconds(50)).Count == 0)
            {
                continue;
            }

            PartitionOffset[] positions = [.. consumer.Assignment
                .Select(partition => new PartitionOffset(partition, consumer.Position(partition)))
                .Where(position => position.Offset >= 0)];
            try
            {
                consumer.Commit(positions);
            }
            catch (KafkaFailureException)
            {
                // The broker is away or has just come back; a later commit covers this one.
                continue;
            }

            foreach (PartitionOffset position in positions)
            {
                _committed[position.Partition] = position.Offset;
            }

            Interlocked.Increment(ref _commits);
        }
    }
}
