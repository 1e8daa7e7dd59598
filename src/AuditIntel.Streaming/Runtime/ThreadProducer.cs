using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// The producer of one thread. With exactly-once everything sent between two commits is one transaction, which begins with the first record; a commit
/// whose outcome is unknown is asked for again until it is known.
/// </summary>
internal sealed class ThreadProducer : IRecordCollector, IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private readonly StreamsOptions _options;
    private readonly string? _transactionalId;
    private readonly Action<string> _warn;
    private readonly CancellationToken _stop;
    private BatchProducer _producer;
    private TopicHandle? _lastTopic;
    private bool _isOpen;

    /// <param name="options">Of the instance.</param>
    /// <param name="transactionalId">Stable name of the thread; used with exactly-once only.</param>
    /// <param name="warn">Hears of passing trouble.</param>
    /// <param name="stop">Ends waits for room in a full queue.</param>
    /// <exception cref="KafkaTransactionException">The coordinator does not answer, or refuses.</exception>
    public ThreadProducer(StreamsOptions options, string transactionalId, Action<string> warn, CancellationToken stop)
    {
        _options = options;
        _transactionalId = options.Guarantee == ProcessingGuarantee.ExactlyOnce ? transactionalId : null;
        _warn = warn;
        _stop = stop;
        _producer = Create();
    }

    private bool IsTransactional => _transactionalId is not null;

    /// <summary>Whether anything was sent since the last commit.</summary>
    public bool HasUncommitted { get; private set; }

    public void Send(
        string topic,
        int partition,
        bool keyIsNull,
        ReadOnlySpan<byte> key,
        bool valueIsNull,
        ReadOnlySpan<byte> value,
        long timestampMs,
        IReadOnlyList<RecordHeader> headers)
    {
        Begin();
        HasUncommitted = true;
        TopicHandle handle = ReferenceEquals(_lastTopic?.Name, topic) ? _lastTopic! : _lastTopic = _producer.Topic(topic);
        try
        {
            _producer.Produce(handle, partition, keyIsNull ? default : key, valueIsNull ? default : value, timestampMs, headers, _stop);
        }
        catch (RecordRefusedException e)
        {
            Refused(e, topic, keyIsNull ? null : key.ToArray(), valueIsNull ? null : value.ToArray(), timestampMs, headers);
        }
    }

    /// <summary>Serves delivery reports.</summary>
    public void Poll() => _producer.Poll();

    /// <summary>Waits until everything sent is acknowledged, and with exactly-once commits it together with the offsets.</summary>
    /// <param name="offsets">Of the inputs; may be empty.</param>
    /// <param name="consumer">Commits the offsets without transactions, and stands for its group with them.</param>
    /// <exception cref="KafkaTransactionException">The transaction is to be given up: <see cref="Reset"/>.</exception>
    /// <exception cref="KafkaFailureException">Without transactions: records or offsets could not be delivered.</exception>
    public void Commit(IReadOnlyList<PartitionOffset> offsets, BatchConsumer consumer)
    {
        if (!IsTransactional)
        {
            _producer.Flush(_options.CommitTimeout);
            HasUncommitted = false;
            consumer.Commit(offsets);
            return;
        }

        Begin();
        if (offsets.Count > 0)
        {
            Insist(() => _producer.SendOffsetsToTransaction(offsets, consumer.Membership, _options.CommitTimeout));
        }

        Insist(() => _producer.CommitTransaction(_options.CommitTimeout));
        _isOpen = false;
        HasUncommitted = false;
    }

    /// <summary>Gives up the open transaction; a producer that was fenced or failed is replaced.</summary>
    public void Reset(KafkaTransactionException cause)
    {
        _isOpen = false;
        HasUncommitted = false;
        if (!cause.NeedsNewProducer)
        {
            try
            {
                Insist(() => _producer.AbortTransaction(_options.CommitTimeout));
                return;
            }
            catch (KafkaTransactionException e)
            {
                _warn($"The transaction of {_transactionalId} could not be aborted, so the producer is replaced: {e.Message}");
            }
        }

        _producer.Dispose();
        _lastTopic = null;
        _producer = Create();
    }

    /// <summary>Gives up the open transaction, if there is one.</summary>
    /// <exception cref="KafkaTransactionException">It cannot be aborted: <see cref="Reset"/>.</exception>
    public void Abort()
    {
        if (_isOpen)
        {
            _isOpen = false;
            HasUncommitted = false;
            Insist(() => _producer.AbortTransaction(_options.CommitTimeout));
        }
    }

    /// <summary>Highest acknowledged offset of a partition, -1 when there is none.</summary>
    public long AcknowledgedOffset(PartitionId partition) => _producer.AcknowledgedOffset(_producer.Topic(partition.Topic), partition.Partition);

    public void Dispose() => _producer.Dispose();

    private BatchProducer Create()
    {
        var producer = BatchProducer.Create(
            _options.Kafka,
            new BatchProducerOptions
            {
                DeliveryTimeout = _options.CommitTimeout,
                TransactionalId = _transactionalId,
                TransactionTimeout = _options.TransactionTimeout,
                TrackOffsets = _options.StateDirectory is not null,
            },
            _warn);
        if (IsTransactional)
        {
            try
            {
                Insist(() => producer.InitTransactions(_options.CommitTimeout));
            }
            catch
            {
                producer.Dispose();
                throw;
            }
        }

        return producer;
    }

    private void Begin()
    {
        if (IsTransactional && !_isOpen)
        {
            _producer.BeginTransaction();
            _isOpen = true;
        }
    }

    /// <summary>Repeats a call whose outcome is unknown, until it is known or the commit's time is up.</summary>
    private void Insist(Action call)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                call();
                return;
            }
            catch (KafkaTransactionException e) when (e.Kind == TransactionErrorKind.Retriable && Stopwatch.GetElapsedTime(begin) < _options.CommitTimeout)
            {
                _stop.WaitHandle.WaitOne(RetryPause);
            }
            catch (KafkaTransactionException e) when (e.Kind == TransactionErrorKind.Retriable)
            {
                throw new KafkaTransactionException($"{e.Message} Tried for {_options.CommitTimeout.TotalSeconds:0.#} s.", TransactionErrorKind.Fatal, e);
            }
        }
    }

    private void Refused(RecordRefusedException cause, string topic, byte[]? key, byte[]? value, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        ErrorResponse response = _options.OnError(new ErrorContext
        {
            Stage = ErrorStage.Produce,
            Exception = cause,
            Topic = topic,
            Partition = -1,
            Offset = -1,
            TimestampMs = timestampMs,
            Key = key,
            Value = value,
            Headers = headers,
        });
        switch (response)
        {
            case ErrorResponse.ContinueResponse:
                StreamsMetrics.Dropped.Add(1);
                break;
            case ErrorResponse.DeadLetterResponse letter when letter.Topic != topic:
                StreamsMetrics.DeadLetters.Add(1);
                Send(
                    letter.Topic, IRecordCollector.AnyPartition, letter.Key is null, letter.Key, letter.Value is null, letter.Value, timestampMs, letter.Headers);
                break;
            default:
                throw new OutputRefusedException(cause.Message, cause);
        }
    }
}
