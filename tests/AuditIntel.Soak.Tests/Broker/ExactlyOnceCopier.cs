using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>
/// Copies a topic partition by partition in transactions that hold the consumer's offsets too. After any failure both clients are made anew:
/// the new producer fences the old one and ends what it left, and the new consumer begins at the committed offsets.
/// </summary>
internal sealed class ExactlyOnceCopier : BackgroundLoad
{
    private const string Group = "soak-copier";

    private static readonly TimeSpan CommitInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly KafkaOptions _kafka;
    private readonly string _from;
    private readonly string _to;
    private long _commits;
    private long _restarts;

    private ExactlyOnceCopier(KafkaOptions kafka, string from, string to)
    {
        _kafka = kafka;
        _from = from;
        _to = to;
    }

    public long Commits => Interlocked.Read(ref _commits);

    public long Restarts => Interlocked.Read(ref _restarts);

    public static ExactlyOnceCopier Start(KafkaOptions kafka, string from, string to)
    {
        var copier = new ExactlyOnceCopier(kafka, from, to);
        copier.Begin();
        return copier;
    }

    /// <summary>Goes on until the group has committed these offsets.</summary>
    public async Task FinishAsync(TopicAdmin admin, IReadOnlyDictionary<PartitionId, long> ends, TimeSpan timeout)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!(await admin.CommittedAsync(Group, [.. ends.Keys])).All(committed => committed.Offset >= ends[committed.Partition]))
        {
            ThrowIfFailed();
            Assert.True(Stopwatch.GetElapsedTime(begin) < timeout, $"The copy is not complete after {timeout}.");
            await Task.Delay(50);
        }

        await EndAsync(timeout);
    }

    protected override void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Copy(stop);
            }
            catch (Exception e) when (e is KafkaTransactionException or KafkaFailureException || (e is OperationCanceledException && stop.IsCancellationRequested))
            {
                Interlocked.Increment(ref _restarts);
            }
        }
    }

    private void Copy(CancellationToken stop)
    {
        using BatchProducer producer = BatchProducer.Create(_kafka, new BatchProducerOptions { TransactionalId = "soak-copier", CloseTimeout = TimeSpan.FromMilliseconds(100) });
        producer.InitTransactions(RequestTimeout);
        using BatchConsumer consumer = BatchConsumer.Create(_kafka, new BatchConsumerOptions { GroupId = Group, GroupInstanceId = "copier-1" });
        consumer.Subscribe([_from]);
        TopicHandle target = producer.Topic(_to);
        long lastCommit = 0;
        bool inTransaction = false;
        while (!stop.IsCancellationRequested)
        {
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(20));
            if (batch.Count > 0 && !inTransaction)
            {
                producer.BeginTransaction();
                inTransaction = true;
                lastCommit = Stopwatch.GetTimestamp();
            }

            for (int i = 0; i < batch.Count; i++)
            {
                producer.Produce(target, batch[i].Partition, default, batch[i].Value, cancellationToken: stop);
            }

            if (inTransaction && Stopwatch.GetElapsedTime(lastCommit) >= CommitInterval)
            {
                producer.SendOffsetsToTransaction(Positions(consumer), consumer.Membership, RequestTimeout);
                producer.CommitTransaction(RequestTimeout);
                inTransaction = false;
                Interlocked.Increment(ref _commits);
            }
        }
    }

    private static PartitionOffset[] Positions(BatchConsumer consumer) =>
        [.. consumer.Assignment.Select(partition => new PartitionOffset(partition, consumer.Position(partition))).Where(position => position.Offset >= 0)];
}
