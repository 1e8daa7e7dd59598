using System.Runtime.InteropServices;
using System.Text;
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
    private const int FixedArguments = 7;
    private const int MostHeaders = 64;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    private readonly IProducer<Null, byte[]> _producer;
    private readonly BatchProducerOptions _options;
    private readonly Action<string>? _onWarning;
    private readonly DeliveryState _deliveries;
    private readonly Dictionary<string, TopicHandle> _topics = [];
    private readonly nint _native;
    private GCHandle _opaque;
    private volatile Error? _fatal;
    private int _sincePoll;
    private bool _disposed;

    private BatchProducer(KafkaOptions kafka, BatchProducerOptions options, Action<string>? onWarning)
    {
        _options = options;
        _onWarning = onWarning;
        _deliveries = new DeliveryState(options.TrackOffsets);
        _opaque = GCHandle.Alloc(_deliveries);
        _producer = new ProducerBuilder<Null, byte[]>(Configure(kafka, options))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, log) => OnLog(log))
            .Build();
        _native = ClientHandle.Of(_producer);

        // Confluent.Kafka's own callback builds an object for every report. The report mode is fixed when the client is made, the callback
        // is read at each report: so it can be put in place of Confluent's before the first record.
        NativeMethods.rd_kafka_conf_set_dr_msg_cb(NativeMethods.rd_kafka_conf(_native), DeliveryState.Callback);
    }

    public static BatchProducer Create(KafkaOptions kafka, BatchProducerOptions? options = null, Action<string>? onWarning = null)
    {
        kafka.ThrowIfInvalid();
        LibrdkafkaLoader.EnsureLoaded();
        return new BatchProducer(kafka, options ?? new BatchProducerOptions(), onWarning);
    }

    /// <summary>Records that are neither acknowledged nor failed yet.</summary>
    public long Outstanding => Interlocked.Read(ref _deliveries.Outstanding);

    /// <summary>The handle of a topic, made at first use.</summary>
    public TopicHandle Topic(string name)
    {
        if (!_topics.TryGetValue(name, out TopicHandle? topic))
        {
            topic = new TopicHandle(name, NativeMethods.rd_kafka_topic_new(_native, name, 0));
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
    /// <exception cref="KafkaFailureException">
    /// This record is refused (too large, unknown topic), an earlier one was not delivered, or the queue stayed full.
    /// </exception>
    public void Produce(
        TopicHandle topic,
        int partition,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        long timestampMs = 0,
        IReadOnlyList<RecordHeader>? headers = null,
        CancellationToken cancellationToken = default)
    {
        _deliveries.ThrowIfFailed();
        ThrowIfFatal();
        if (++_sincePoll >= PollEvery)
        {
            _sincePoll = 0;
            NativeMethods.rd_kafka_poll(_native, 0);
        }

        fixed (byte* keyBytes = key)
        fixed (byte* valueBytes = value)
        {
            NativeArgument* arguments = stackalloc NativeArgument[FixedArguments + MostHeaders];
            arguments[0] = new NativeArgument { Type = NativeArgumentType.TopicHandle, Pointer = topic.Native };
            arguments[1] = new NativeArgument { Type = NativeArgumentType.Partition, Int32 = partition };
            arguments[2] = new NativeArgument { Type = NativeArgumentType.MessageFlags, Int32 = NativeMethods.CopyPayload };
            arguments[3] = new NativeArgument { Type = NativeArgumentType.Value, Pointer = Address(value, valueBytes), Size = (nuint)value.Length };
            arguments[4] = new NativeArgument { Type = NativeArgumentType.Key, Pointer = Address(key, keyBytes), Size = (nuint)key.Length };
            arguments[5] = new NativeArgument { Type = NativeArgumentType.Timestamp, Int64 = timestampMs };
            arguments[6] = new NativeArgument { Type = NativeArgumentType.Opaque, Pointer = GCHandle.ToIntPtr(_opaque) };
            if (headers is not { Count: > 0 })
            {
                Send(topic, arguments, FixedArguments, cancellationToken);
                return;
            }

            SendWithHeaders(topic, arguments, headers, cancellationToken);
        }
    }

    /// <summary>Serves delivery reports; call it now and then when nothing is produced.</summary>
    public void Poll()
    {
        NativeMethods.rd_kafka_poll(_native, 0);
        _deliveries.ThrowIfFailed();
        ThrowIfFatal();
    }

    /// <summary>Waits until every record is acknowledged.</summary>
    /// <exception cref="KafkaFailureException">One was not delivered, or some are still under way after the timeout.</exception>
    public void Flush(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long left = Math.Clamp(deadline - Environment.TickCount64, 0, 100);
            int error = NativeMethods.rd_kafka_flush(_native, (int)left);
            _deliveries.ThrowIfFailed();
            ThrowIfFatal();
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

    /// <summary>Sends what is queued, for a bounded time, and closes.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMethods.rd_kafka_flush(_native, (int)CloseTimeout.TotalMilliseconds);
        foreach (TopicHandle topic in _topics.Values)
        {
            NativeMethods.rd_kafka_topic_destroy(topic.Native);
        }

        _producer.Dispose();
        _opaque.Free();
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

    private void SendWithHeaders(TopicHandle topic, NativeArgument* arguments, IReadOnlyList<RecordHeader> headers, CancellationToken cancellationToken)
    {
        if (headers.Count > MostHeaders)
        {
            throw new ArgumentException($"A record may carry {MostHeaders} headers, not {headers.Count}.", nameof(headers));
        }

        int size = 0;
        foreach (RecordHeader header in headers)
        {
            size += Encoding.UTF8.GetByteCount(header.Name) + 1 + (header.Value?.Length ?? 0) + 1;
        }

        byte[]? rented = size > 1024 ? System.Buffers.ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> text = rented ?? stackalloc byte[1024];
        fixed (byte* bytes = text)
        {
            int at = 0;
            for (int i = 0; i < headers.Count; i++)
            {
                byte* name = bytes + at;
                at += Encoding.UTF8.GetBytes(headers[i].Name, text[at..]);
                text[at++] = 0;
                byte* value = bytes + at;
                headers[i].Value.CopyTo(text[at..]);
                at += headers[i].Value?.Length ?? 0;
                arguments[FixedArguments + i] = new NativeArgument
                {
                    Type = NativeArgumentType.Header,
                    Pointer = (nint)name,
                    HeaderValue = headers[i].Value is null ? null : value,
                    HeaderSize = headers[i].Value?.Length ?? -1,
                };
            }

            Send(topic, arguments, FixedArguments + headers.Count, cancellationToken);
        }

        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Send(TopicHandle topic, NativeArgument* arguments, int count, CancellationToken cancellationToken)
    {
        long deadline = 0;
        while (true)
        {
            nint error = NativeMethods.rd_kafka_produceva(_native, arguments, (nuint)count);
            if (error == 0)
            {
                Interlocked.Increment(ref _deliveries.Outstanding);
                return;
            }

            int code = NativeMethods.rd_kafka_error_code(error);
            string reason = Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_error_string(error)) ?? "";
            NativeMethods.rd_kafka_error_destroy(error);
            if (code != NativeMethods.QueueFull)
            {
                throw new KafkaFailureException($"A record for {topic.Name} is refused: {reason}", code);
            }

            if (deadline == 0)
            {
                deadline = Environment.TickCount64 + (long)_options.DeliveryTimeout.TotalMilliseconds;
            }
            else if (Environment.TickCount64 > deadline)
            {
                throw new KafkaFailureException($"The queue to {topic.Name} stayed full for {_options.DeliveryTimeout.TotalSeconds:0} s.", code);
            }

            cancellationToken.ThrowIfCancellationRequested();
            NativeMethods.rd_kafka_poll(_native, 20);
            _deliveries.ThrowIfFailed();
        }
    }
}
