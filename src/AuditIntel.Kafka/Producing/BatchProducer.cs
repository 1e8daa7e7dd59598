using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>
/// A Kafka producer over spans, idempotent, with Java's partitioning. Confluent.Kafka keeps configuration and transactions; records go
/// through rd_kafka_produceva. A full queue blocks the caller, as back-pressure; a failed delivery surfaces at the next call. For one
/// thread at a time.
/// </summary>
public sealed unsafe partial class BatchProducer : IDisposable
{
    /// <summary>Lets the partitioner choose by the key's hash.</summary>
    public const int AnyPartition = -1;

    private const int PollEvery = 256;
    private const int FullQueueTurnMilliseconds = 20;

    private readonly IProducer<Null, byte[]> _producer;
    private readonly BatchProducerOptions _options;
    private readonly Action<string>? _onWarning;
    private readonly DeliveryState _deliveries;
    private readonly Dictionary<string, TopicHandle> _topics = [];
    private readonly nint _native;
    private readonly ProduceArguments _arguments;
    private GCHandle _opaque;
    private volatile Error? _fatal;
    private int _sincePoll;
    private bool _disposed;

    private BatchProducer(KafkaOptions kafka, BatchProducerOptions options, Action<string>? onWarning)
    {
        _options = options;
        _onWarning = onWarning;
        _deliveries = new DeliveryState(options.TrackOffsets, isTransactional: options.TransactionalId is not null);
        _producer = KafkaOptions.Build(() => new ProducerBuilder<Null, byte[]>(Configure(kafka, options))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, log) => OnLog(log))
            .Build());
        _native = ClientHandle.Of(_producer);
        _opaque = GCHandle.Alloc(_deliveries);
        _arguments = new ProduceArguments(GCHandle.ToIntPtr(_opaque));

        // Confluent.Kafka's own callback builds an object for every report. The report mode is fixed when the client is made, the callback
        // is read at each report: so it can be put in place of Confluent's before the first record.
        NativeMethods.rd_kafka_conf_set_dr_msg_cb(NativeMethods.rd_kafka_conf(_native), DeliveryState.Callback);
    }

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <param name="kafka">The cluster.</param>
    /// <param name="options">Settings of this producer; null for the defaults.</param>
    /// <param name="onWarning">Hears of passing trouble, such as a broker that cannot be reached; may be called from any thread.</param>
    public static BatchProducer Create(KafkaOptions kafka, BatchProducerOptions? options = null, Action<string>? onWarning = null)
    {
        kafka.ThrowIfInvalid();
        options ??= new BatchProducerOptions();
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        LibrdkafkaLoader.EnsureLoaded();
        return new BatchProducer(kafka, options, onWarning);
    }

    /// <summary>Records that are neither acknowledged nor failed yet.</summary>
    public long Outstanding => Interlocked.Read(ref _deliveries.Outstanding);

    /// <summary>The handle of a topic, made at first use.</summary>
    /// <exception cref="KafkaFailureException">The name cannot be a topic's.</exception>
    public TopicHandle Topic(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_topics.TryGetValue(name, out TopicHandle? topic))
        {
            nint native = NativeMethods.rd_kafka_topic_new(_native, name, 0);
            if (native == 0)
            {
                int error = NativeMethods.rd_kafka_last_error();
                throw new KafkaFailureException($"'{name}' cannot be a topic: {NativeMethods.ErrorText(error)}", error);
            }

            topic = new TopicHandle(name, native);
            _topics.Add(name, topic);
        }

        return topic;
    }

    /// <summary>Sends a record; returns when it is queued. The spans may be reused then.</summary>
    /// <param name="topic">From <see cref="Topic"/>.</param>
    /// <param name="partition">Partition, or <see cref="AnyPartition"/>.</param>
    /// <param name="key">Key bytes; a default span (null reference) is a null key.</param>
    /// <param name="value">Value bytes; a default span is a tombstone.</param>
    /// <param name="timestampMs">Milliseconds since 1970; 0 for now.</param>
    /// <param name="headers">Headers, at most 64; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for room in a full queue.</param>
    /// <exception cref="RecordRefusedException">This record is too large, or goes to an unknown topic or partition; the others are not touched.</exception>
    /// <exception cref="KafkaFailureException">An earlier record was not delivered, or the queue stayed full.</exception>
    public void Produce(
        TopicHandle topic,
        int partition,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        long timestampMs = 0,
        IReadOnlyList<RecordHeader>? headers = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfFailed();
        if (++_sincePoll >= PollEvery)
        {
            _sincePoll = 0;
            NativeMethods.rd_kafka_poll(_native, 0);
        }

        fixed (byte* keyBytes = key)
        fixed (byte* valueBytes = value)
        fixed (byte* headerBytes = _arguments.Encode(headers))
        {
            _arguments.Set(topic.Native, partition, Address(key, keyBytes), key.Length, Address(value, valueBytes), value.Length, timestampMs);
            int count = _arguments.SetHeaders(headers, headerBytes);
            nint error = NativeMethods.rd_kafka_produceva(_native, _arguments.Native, (nuint)count);
            if (error != 0)
            {
                Insist(topic, error, count, cancellationToken);
            }
        }

        Interlocked.Increment(ref _deliveries.Outstanding);
    }

    /// <summary>Serves delivery reports; call it now and then when nothing is produced.</summary>
    public void Poll()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        NativeMethods.rd_kafka_poll(_native, 0);
        ThrowIfFailed();
    }

    /// <summary>Waits until every record is acknowledged.</summary>
    /// <exception cref="KafkaFailureException">One was not delivered, or some are still under way after the timeout.</exception>
    public void Flush(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long left = Math.Clamp(deadline - Environment.TickCount64, 0, 100);
            int error = NativeMethods.rd_kafka_flush(_native, (int)left);
            ThrowIfFailed();
            if (error == NativeMethods.NoError)
            {
                return;
            }

            if (Environment.TickCount64 >= deadline)
            {
                throw new KafkaFailureException($"{Outstanding} records are not acknowledged after {timeout.TotalSeconds:0} s.", NativeMethods.TimedOut);
            }
        }
    }

    /// <summary>Highest acknowledged offset of the partition, -1 for none; only with <see cref="BatchProducerOptions.TrackOffsets"/>.</summary>
    public long AcknowledgedOffset(TopicHandle topic, int partition) => _deliveries.AcknowledgedOffset(topic.Native, partition);

    /// <summary>
    /// Sends what is queued and closes, within <see cref="BatchProducerOptions.CloseTimeout"/>; what could not be sent by then is given up
    /// with a warning. An open transaction is aborted.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_inTransaction)
        {
            AbandonTransaction();
        }
        else if (NativeMethods.rd_kafka_flush(_native, (int)_options.CloseTimeout.TotalMilliseconds) != NativeMethods.NoError)
        {
            Warn($"{Outstanding} records were given up when the producer was closed.");
        }

        NativeMethods.rd_kafka_purge(_native, NativeMethods.PurgeEverything);
        foreach (TopicHandle topic in _topics.Values)
        {
            NativeMethods.rd_kafka_topic_destroy(topic.Native);
        }

        // The native client ends here, and with it the last callback that could look for the objects below.
        _producer.Dispose();
        _opaque.Free();
        _arguments.Dispose();
    }

    private static nint Address(ReadOnlySpan<byte> span, byte* pinned)
    {
        if (pinned is not null)
        {
            return (nint)pinned;
        }

        // Pinning an empty span gives null, which would turn an empty key or value into a null one.
        return System.Runtime.CompilerServices.Unsafe.IsNullRef(ref MemoryMarshal.GetReference(span)) ? 0 : EmptyPayload.Address;
    }

    /// <summary>Waits for room in a full queue; any other refusal is the caller's.</summary>
    private void Insist(TopicHandle topic, nint error, int count, CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)_options.DeliveryTimeout.TotalMilliseconds;
        while (error != 0)
        {
            int code = NativeMethods.rd_kafka_error_code(error);
            string reason = Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_error_string(error)) ?? "";
            NativeMethods.rd_kafka_error_destroy(error);
            if (code != NativeMethods.QueueFull)
            {
                throw Refused($"A record for {topic.Name} is refused: {reason}", code);
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new KafkaFailureException($"The queue to {topic.Name} stayed full for {_options.DeliveryTimeout.TotalSeconds:0} s.", code);
            }

            cancellationToken.ThrowIfCancellationRequested();
            NativeMethods.rd_kafka_poll(_native, FullQueueTurnMilliseconds);
            ThrowIfFailed();
            error = NativeMethods.rd_kafka_produceva(_native, _arguments.Native, (nuint)count);
        }
    }
}
