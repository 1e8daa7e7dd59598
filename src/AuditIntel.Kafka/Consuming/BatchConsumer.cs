using System.Runtime.ExceptionServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>
/// A Kafka consumer that hands out whole batches in librdkafka's own memory, without garbage. Confluent.Kafka keeps configuration, group
/// membership and commits; batches come through rd_kafka_consume_batch_queue. For one thread at a time.
/// </summary>
public sealed unsafe partial class BatchConsumer : IDisposable
{
    /// <summary>How long closing may take: leaving the group is one request.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IPartitionListener? _listener;
    private readonly Action<string>? _onWarning;
    private readonly RecordBatch _batch;
    private readonly nint[] _incoming;
    private readonly TopicNames _names = new();
    private readonly Dictionary<PartitionId, long> _ends = [];
    private readonly HashSet<PartitionId> _assigned = [];
    private nint _queue;
    private bool _rebalanced;
    private ExceptionDispatchInfo? _listenerError;
    private volatile Error? _fatal;

    private BatchConsumer(KafkaOptions kafka, BatchConsumerOptions options, IPartitionListener? listener, Action<string>? onWarning)
    {
        _listener = listener;
        _onWarning = onWarning;
        _batch = new RecordBatch(options.MaxBatchRecords);
        _incoming = new nint[options.MaxBatchRecords];
        _consumer = new ConsumerBuilder<byte[], byte[]>(Configure(kafka, options))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => OnLost(partitions))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, log) => OnLog(log))
            .Build();
        _queue = NativeMethods.rd_kafka_queue_get_consumer(ClientHandle.Of(_consumer));
    }

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <param name="kafka">The cluster.</param>
    /// <param name="options">Settings of this consumer.</param>
    /// <param name="listener">Hears of rebalances; null for none.</param>
    /// <param name="onWarning">Hears of passing trouble, such as a broker that cannot be reached; may be called from any thread.</param>
    public static BatchConsumer Create(
        KafkaOptions kafka, BatchConsumerOptions options, IPartitionListener? listener = null, Action<string>? onWarning = null)
    {
        kafka.ThrowIfInvalid();
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        LibrdkafkaLoader.EnsureLoaded();
        return new BatchConsumer(kafka, options, listener, onWarning);
    }

    /// <summary>What the transactional producer sends along to fence zombies (KIP-447).</summary>
    public GroupMembership Membership => new(_consumer.ConsumerGroupMetadata);

    /// <summary>Partitions that this consumer has now.</summary>
    public IReadOnlyCollection<PartitionId> Assignment => _assigned;

    public void Subscribe(IEnumerable<string> topics) => _consumer.Subscribe(topics);

    /// <summary>Takes exactly these partitions, without a group.</summary>
    public void Assign(IReadOnlyList<PartitionOffset> partitions)
    {
        _assigned.Clear();
        _ends.Clear();
        _names.Forget();
        foreach (PartitionOffset partition in partitions)
        {
            _assigned.Add(partition.Partition);
        }

        _consumer.Assign(partitions.Select(Convert));
    }

    /// <summary>
    /// Waits until records are there, at most for the timeout, and returns what has come by then. The batch of the poll before is released.
    /// </summary>
    /// <exception cref="KafkaFailureException">The consumer failed for good.</exception>
    public RecordBatch Poll(TimeSpan timeout)
    {
        _batch.Release();
        _rebalanced = false;
        int count;
        fixed (nint* messages = _incoming)
        {
            count = (int)NativeMethods.rd_kafka_consume_batch_queue(
                _queue, (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue), (NativeMessage**)messages, (nuint)_incoming.Length);
        }

        for (int i = 0; i < count; i++)
        {
            Take((NativeMessage*)_incoming[i]);
        }

        if (_listenerError is { } error)
        {
            _listenerError = null;
            error.Throw();
        }

        if (_fatal is { } fatal)
        {
            throw new KafkaFailureException($"The consumer failed: {fatal.Reason}", (int)fatal.Code);
        }

        return _batch;
    }

    /// <summary>
    /// True when all that the partition held at the last fetch has been handed out. Transaction markers and aborted records at the end do
    /// not count, as nobody ever sees them.
    /// </summary>
    public bool IsAtEnd(PartitionId partition) => _ends.ContainsKey(partition);

    /// <summary>The offset behind the partition's last record, markers included, when <see cref="IsAtEnd"/>; otherwise null.</summary>
    public long? EndOffset(PartitionId partition) => _ends.TryGetValue(partition, out long end) ? end : null;

    public void Pause(IEnumerable<PartitionId> partitions) => _consumer.Pause(partitions.Select(Convert));

    public void Resume(IEnumerable<PartitionId> partitions) => _consumer.Resume(partitions.Select(Convert));

    public void Seek(PartitionOffset position)
    {
        _ends.Remove(position.Partition);
        _consumer.Seek(Convert(position));
    }

    /// <summary>Commits the offsets of the next records to be read, and waits for the broker's answer.</summary>
    /// <exception cref="KafkaFailureException">The group has moved on, or the broker does not answer.</exception>
    public void Commit(IReadOnlyList<PartitionOffset> offsets)
    {
        try
        {
            _consumer.Commit(offsets.Select(Convert));
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Offsets cannot be committed: {e.Error.Reason}", e);
        }
    }

    /// <summary>The group's committed offsets; <see cref="PartitionOffset.None"/> where there is none.</summary>
    public IReadOnlyList<PartitionOffset> Committed(IEnumerable<PartitionId> partitions)
    {
        try
        {
            return [.. _consumer.Committed(partitions.Select(Convert), RequestTimeout).Select(Convert)];
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Committed offsets cannot be read: {e.Error.Reason}", e);
        }
    }

    /// <summary>First offset and the one behind the last, asked of the broker. Read-committed consumers get the last stable offset.</summary>
    public (long Begin, long End) QueryWatermarks(PartitionId partition)
    {
        try
        {
            WatermarkOffsets offsets = _consumer.QueryWatermarkOffsets(Convert(partition), RequestTimeout);
            return (offsets.Low.Value, offsets.High.Value);
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"The offsets of {partition} cannot be read: {e.Error.Reason}", e);
        }
    }

    /// <summary>Leaves the group in order. The listener hears of what it loses.</summary>
    public void Dispose()
    {
        if (_queue == 0)
        {
            return;
        }

        _batch.Release();
        try
        {
            _consumer.Unsubscribe();
        }
        catch (KafkaException)
        {
            // An unreachable group coordinator does not keep the client from closing.
        }

        NativeMethods.rd_kafka_queue_destroy(_queue);
        _queue = 0;
        _consumer.Close();
        _consumer.Dispose();
    }

    private void Take(NativeMessage* message)
    {
        string topic = message->Topic == 0 ? "" : _names.Of(message->Topic);
        if (message->Error == NativeMethods.NoError)
        {
            if (_ends.Count > 0)
            {
                _ends.Remove(new PartitionId(topic, message->Partition));
            }

            // A batch may still carry records of partitions that a rebalance within the same call took away
            // (known limit of batch consumption in librdkafka 2.0).
            if (_rebalanced && !_assigned.Contains(new PartitionId(topic, message->Partition)))
            {
                NativeMethods.rd_kafka_message_destroy(message);
                return;
            }

            _batch.Add(message, topic);
            return;
        }

        if (message->Error == NativeMethods.PartitionEof)
        {
            _ends[new PartitionId(topic, message->Partition)] = message->Offset;
        }
        else
        {
            string reason = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_message_errstr(message)) ?? "";
            _onWarning?.Invoke($"{(topic.Length == 0 ? "consumer" : topic)}: {reason}");
        }

        NativeMethods.rd_kafka_message_destroy(message);
    }
}
