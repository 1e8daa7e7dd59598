using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>
/// A Kafka consumer that hands out whole batches in librdkafka's own memory, without garbage. Confluent.Kafka keeps configuration, group
/// membership and commits; batches come through rd_kafka_consume_batch_queue. For one thread at a time, except <see cref="Wakeup"/>.
/// </summary>
public sealed unsafe partial class BatchConsumer : IDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly BatchConsumerOptions _options;
    private readonly IPartitionListener? _listener;
    private readonly Action<string>? _onWarning;
    private readonly RecordBatch _batch;
    private readonly nint[] _incoming;
    private readonly Dictionary<PartitionId, PartitionState> _partitions = [];

    /// <summary>
    /// The same states by librdkafka's topic object, so that no record costs a string. Only partitions that this consumer has are in here:
    /// their topic objects live, so no address can have passed to another topic.
    /// </summary>
    private readonly Dictionary<(nint Topic, int Partition), PartitionState> _byNative = [];

    /// <summary>Messages that lay in <see cref="_incoming"/> when partitions were taken away during a call.</summary>
    private readonly HashSet<nint> _outdated = [];

    private readonly nint _native;
    private readonly Lock _queueGate = new();
    private nint _queue;
    private nint _lastTopic;
    private int _lastPartition;
    private PartitionState? _lastState;
    private long _pollNumber;
    private int _batchLimit;
    private bool _seeksPending;
    private bool _pausesPending;
    private bool _isBatchHeld;
    private ExceptionDispatchInfo? _listenerError;
    private volatile Error? _fatal;

    private BatchConsumer(KafkaOptions kafka, BatchConsumerOptions options, IPartitionListener? listener, Action<string>? onWarning)
    {
        _options = options;
        _listener = listener;
        _onWarning = onWarning;
        _batch = new RecordBatch(options.MaxBatchRecords);
        _incoming = new nint[options.MaxBatchRecords];
        _batchLimit = options.MaxBatchRecords;
        _consumer = KafkaOptions.Build(() => new ConsumerBuilder<byte[], byte[]>(Configure(kafka, options))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => OnLost(partitions))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, log) => OnLog(log))
            .Build());
        _native = ClientHandle.Of(_consumer);
        _queue = NativeMethods.rd_kafka_queue_get_consumer(_native);
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

    /// <summary>Most records of the next polls, 1 to <see cref="BatchConsumerOptions.MaxBatchRecords"/>: a slow reader polls for less at a time.</summary>
    public int BatchLimit
    {
        get => _batchLimit;
        set => _batchLimit = Math.Clamp(value, 1, _incoming.Length);
    }

    /// <summary>Partitions that this consumer has now.</summary>
    public IReadOnlyCollection<PartitionId> Assignment => _partitions.Keys;

    /// <summary>Passing trouble since the start: broken connections, refused requests, records that came with an error.</summary>
    public long Warnings => Interlocked.Read(ref _warnings);

    /// <summary>Joins the group for these topics. Partitions come during later polls.</summary>
    public void Subscribe(IEnumerable<string> topics)
    {
        ThrowIfClosed();
        _consumer.Subscribe(topics);
    }

    /// <summary>Takes exactly these partitions, without a group, from these offsets.</summary>
    public void Assign(IReadOnlyList<PartitionOffset> partitions)
    {
        ThrowIfClosed();
        _partitions.Clear();
        ForgetNative();
        foreach (PartitionOffset partition in partitions)
        {
            PartitionId id = Interned(partition.Partition);
            _partitions[id] = new PartitionState(id, partition.Offset);
        }

        _consumer.Assign(partitions.Select(Convert));
    }

    /// <summary>
    /// Waits until something is there, at most for the timeout, and returns what has come by then: at once when records are at hand, and
    /// with an empty batch also when a partition's end was reached, partitions came or went, or <see cref="Wakeup"/> was called. The batch of
    /// the poll before is released. Listeners run within this call; what they throw comes out of it, and no record is lost by that.
    /// </summary>
    /// <exception cref="KafkaFailureException">The consumer failed for good.</exception>
    public RecordBatch Poll(TimeSpan timeout)
    {
        ThrowIfClosed();
        if (_isBatchHeld)
        {
            _isBatchHeld = false;
            return _batch;
        }

        _batch.Release();
        _pollNumber++;
        ApplyPending();
        int count = Receive(0, _batchLimit, 0);
        if (count == 0 && timeout > TimeSpan.Zero)
        {
            // The library's batch call waits until the batch is full or the time is up: so it is asked for one message to wait for, and
            // then for those behind it without waiting.
            count = Receive(0, 1, Milliseconds(timeout));
            if (count > 0)
            {
                count += Receive(1, _batchLimit - 1, 0);
            }
        }

        for (int i = 0; i < count; i++)
        {
            Take((NativeMessage*)_incoming[i]);
        }

        Array.Clear(_incoming);
        _outdated.Clear();
        ApplyPending();
        ThrowIfFailed();
        return _batch;
    }

    /// <summary>Ends a poll that waits, now or the next time. May be called from any thread.</summary>
    public void Wakeup()
    {
        lock (_queueGate)
        {
            if (_queue != 0)
            {
                NativeMethods.rd_kafka_queue_yield(_queue);
            }
        }
    }

    private int Milliseconds(TimeSpan timeout)
    {
        // Fetching begins some milliseconds after an assignment; until then a seek is tried again and again.
        double longest = _seeksPending ? 5 : int.MaxValue;
        return (int)Math.Ceiling(Math.Min(timeout.TotalMilliseconds, longest));
    }

    private int Receive(int at, int most, int milliseconds)
    {
        if (most == 0)
        {
            return 0;
        }

        fixed (nint* messages = _incoming)
        {
            int count = (int)NativeMethods.rd_kafka_consume_batch_queue(_queue, milliseconds, (NativeMessage**)(messages + at), (nuint)most);
            return Math.Max(count, 0);
        }
    }

    private void Take(NativeMessage* message)
    {
        PartitionState? state = Find(message);
        if (state is not null && state.PendingSeek == PartitionOffset.None && !IsOutdated(message, state))
        {
            if (message->Error == NativeMethods.NoError)
            {
                if (state.IsPaused)
                {
                    // Read again after the resume, which goes back to the position.
                    if (state.Position == PartitionOffset.None)
                    {
                        state.Position = message->Offset;
                    }
                }
                else
                {
                    state.Position = message->Offset + 1;
                    state.End = PartitionOffset.None;
                    _batch.Add(message, state.Id.Topic);
                    return;
                }
            }
            else if (message->Error == NativeMethods.PartitionEof && !state.IsPaused)
            {
                state.Position = message->Offset;
                state.End = message->Offset;
            }
        }

        if (message->Error is not (NativeMethods.NoError or NativeMethods.PartitionEof))
        {
            string topic = message->Topic == 0 ? "consumer" : NativeMethods.TopicName(message->Topic);
            Warn($"{topic}: {Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_message_errstr(message))}");
        }

        NativeMethods.rd_kafka_message_destroy(message);
    }

    /// <summary>True for a message of the assignment before, where one call saw a partition go and come back.</summary>
    private bool IsOutdated(NativeMessage* message, PartitionState state) =>
        _outdated.Count > 0 && state.AssignedInPoll == _pollNumber && _outdated.Contains((nint)message);

    private PartitionState? Find(NativeMessage* message)
    {
        if (message->Topic == _lastTopic && message->Partition == _lastPartition)
        {
            return _lastState;
        }

        if (message->Topic == 0)
        {
            return null;
        }

        if (!_byNative.TryGetValue((message->Topic, message->Partition), out PartitionState? state))
        {
            if (!_partitions.TryGetValue(new PartitionId(NativeMethods.TopicName(message->Topic), message->Partition), out state))
            {
                return null;
            }

            _byNative.Add((message->Topic, message->Partition), state);
        }

        (_lastTopic, _lastPartition, _lastState) = (message->Topic, message->Partition, state);
        return state;
    }

    private void ForgetNative()
    {
        _byNative.Clear();
        _lastTopic = 0;
        _lastState = null;
    }

    private void ThrowIfFailed()
    {
        if (_listenerError is { } error)
        {
            _listenerError = null;
            _isBatchHeld = true;
            error.Throw();
        }

        if (_fatal is { } fatal)
        {
            throw new KafkaFailureException($"The consumer failed: {fatal.Reason}", (int)fatal.Code);
        }
    }
}
