using System.Buffers.Binary;
using AuditIntel.Kafka;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>Writes 0, 1, 2, ... through an idempotent producer, number n to partition n modulo the number of partitions.</summary>
internal sealed class NumberWriter : BackgroundLoad
{
    private const int RecordBytes = 100;
    private const int MostOutstanding = 2_000;
    private const int Burst = 200;

    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromMinutes(5);

    private readonly BatchProducer _producer;
    private readonly TopicHandle _topic;
    private readonly int _partitions;
    private long _count;

    private NumberWriter(KafkaOptions kafka, string topic, int partitions)
    {
        _partitions = partitions;
        _producer = BatchProducer.Create(kafka, new BatchProducerOptions { TrackOffsets = true, DeliveryTimeout = DeliveryTimeout });
        _topic = _producer.Topic(topic);
    }

    public long Count => Interlocked.Read(ref _count);

    public long AcknowledgedCount => Count - _producer.Outstanding;

    public static NumberWriter Start(KafkaOptions kafka, string topic, int partitions)
    {
        var writer = new NumberWriter(kafka, topic, partitions);
        writer.Begin();
        return writer;
    }

    /// <summary>The last offset of each partition that the broker has acknowledged.</summary>
    public IReadOnlyList<PartitionOffset> Acknowledged() =>
        [.. Enumerable.Range(0, _partitions).Select(partition => new PartitionOffset(new PartitionId(_topic.Name, partition), _producer.AcknowledgedOffset(_topic, partition)))];

    /// <summary>Stops writing; everything written is acknowledged when this returns.</summary>
    public async Task FinishAsync(TimeSpan timeout)
    {
        await EndAsync(timeout);
        _producer.Flush(timeout);
        _producer.Dispose();
    }

    protected override void Run(CancellationToken stop)
    {
        byte[] value = new byte[RecordBytes];
        while (!stop.IsCancellationRequested)
        {
            for (int i = 0; i < Burst; i++)
            {
                long number = Count;
                BinaryPrimitives.WriteInt64BigEndian(value, number);
                _producer.Produce(_topic, (int)(number % _partitions), default, value, cancellationToken: CancellationToken.None);
                Interlocked.Increment(ref _count);
            }

            do
            {
                _producer.Poll();
                Thread.Sleep(5);
            }
            while (_producer.Outstanding > MostOutstanding && !stop.IsCancellationRequested);
        }
    }
}
