using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Collectors.Chain.Labels;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Collectors.Chain.Publishing;

/// <summary>
/// Puts blocks, transactions, labels and dead letters on their topics, in the Confluent wire format, without garbage for each record. For one
/// thread at a time.
/// </summary>
public sealed class ChainPublisher : IDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Room for the record's own overhead below the topic's limit.</summary>
    private const int LargestValue = Topics.MaxRecordBytes - 64 * 1024;

    private const int LongestKey = 128;

    private readonly KafkaOptions _kafka;
    private readonly BatchProducer _producer;
    private readonly ChainSerializers _serializers;
    private readonly RecordHeader _source;
    private readonly Action<string>? _onWarning;
    private readonly TopicHandle _transactionsTopic;
    private readonly ArrayBufferWriter<byte> _value = new(16 * 1024);
    private readonly byte[] _key = new byte[LongestKey];
    private readonly Dictionary<int, long> _startOffsets;
    private readonly Dictionary<string, AddressLabel>? _labels;
    private RecordHeader[] _headers;
    private Activity? _headersActivity;

    private ChainPublisher(
        KafkaOptions kafka,
        ChainSerializers serializers,
        string source,
        Dictionary<int, long> startOffsets,
        Dictionary<string, AddressLabel>? labels,
        Action<string>? onWarning)
    {
        _kafka = kafka;
        _serializers = serializers;
        _source = RecordHeader.Of(DeadLetterHeaders.Source, source);
        _headers = [_source];
        _startOffsets = startOffsets;
        _labels = labels;
        _onWarning = onWarning;
        _producer = BatchProducer.Create(kafka, new BatchProducerOptions { TrackOffsets = true }, onWarning);
        _transactionsTopic = _producer.Topic(Topics.ChainTransactions.Name);
    }

    public long Blocks { get; private set; }

    public long Transactions { get; private set; }

    /// <summary>Addresses whose labels are new or have changed.</summary>
    public long Labels { get; private set; }

    public long DeadLetters { get; private set; }

    /// <param name="kafka">The cluster; the topics are there.</param>
    /// <param name="registry">Where the schemas are registered.</param>
    /// <param name="source">Who collects, for the header <c>source</c>.</param>
    /// <param name="withLabels">
    /// Read the labels that are there, so that a list replaces only its own entries and unchanged addresses are not sent again. Without it
    /// labels cannot be published.
    /// </param>
    /// <param name="onWarning">Hears of passing trouble; may be called from any thread.</param>
    /// <param name="cancellationToken">Ends the registration.</param>
    public static async Task<ChainPublisher> CreateAsync(
        KafkaOptions kafka, SchemaRegistryClient registry, string source, bool withLabels, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        ChainSerializers serializers = await ChainSerializers.CreateAsync(registry, cancellationToken).ConfigureAwait(false);
        using var admin = new TopicAdmin(kafka, onWarning);
        IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync([Topics.ChainTransactions.Name], cancellationToken).ConfigureAwait(false);
        Dictionary<int, long> ends = ranges.ToDictionary(range => range.Partition.Partition, range => range.End);
        Dictionary<string, AddressLabel>? labels = withLabels ? await ReadLabelsAsync(kafka, registry, onWarning, cancellationToken).ConfigureAwait(false) : null;
        return new ChainPublisher(kafka, serializers, source, ends, labels, onWarning);
    }

    /// <summary>Sends one piece; waits only while the producer's buffer is full.</summary>
    /// <exception cref="KafkaFailureException">An earlier record was not delivered.</exception>
    public void Publish(ChainCollected item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case ChainCollected.OfTransaction { Transaction: var transaction }:
                Publish(transaction, cancellationToken);
                break;
            case ChainCollected.OfBlock { Block: var block }:
                Publish(block, cancellationToken);
                break;
            case ChainCollected.OfLabel { Label: var label }:
                Publish(label, cancellationToken);
                break;
            case ChainCollected.OfDeadLetter { Letter: var letter }:
                Publish(letter, cancellationToken);
                break;
        }
    }

    /// <summary>Sends a transaction or its retraction.</summary>
    public void Publish(ChainTransaction transaction, CancellationToken cancellationToken)
    {
        Transactions++;
        Serialize(_serializers.Transactions, transaction);
        Send(_transactionsTopic, Key(transaction.ChainId, transaction.From), transaction.Timestamp, Headers(), cancellationToken, PartitionOf(transaction.ChainId));
    }

    /// <summary>Sends a block or its retraction.</summary>
    public void Publish(ChainBlock block, CancellationToken cancellationToken)
    {
        Blocks++;
        Serialize(_serializers.Blocks, block);
        Send(_producer.Topic(Topics.ChainBlocks.Name), Encode(ChainKey.Of(block.ChainId, block.Number)), block.Timestamp, Headers(), cancellationToken);
    }

    /// <summary>Sends what could not be taken.</summary>
    public void Publish(DeadLetter letter, CancellationToken cancellationToken)
    {
        DeadLetters++;
        Serialize(_serializers.Letters, letter);
        RecordHeader[] headers =
        [
            .. Headers(),
            RecordHeader.Of(DeadLetterHeaders.ErrorClass, letter.ErrorClass),
            RecordHeader.Of(DeadLetterHeaders.ErrorMessage, letter.ErrorMessage),
            RecordHeader.Of(DeadLetterHeaders.ErrorStage, letter.Stage),
        ];
        Send(_producer.Topic(Topics.ChainDeadLetters.Name), Encode(letter.SourcePath ?? letter.Id), letter.FailedAt, headers, cancellationToken);
    }

    /// <summary>Returns when everything sent is acknowledged.</summary>
    public void Flush(CancellationToken cancellationToken) => _producer.Flush(FlushTimeout, cancellationToken);

    public void Dispose() => _producer.Dispose();

    /// <summary>Where the topic of transactions stands behind everything that is acknowledged; what is sent from now on lies there or later.</summary>
    internal IReadOnlyList<TopicOffset> Positions() =>
    [
        .. _startOffsets.Select(start => new TopicOffset
        {
            Partition = start.Key,
            Offset = Math.Max(start.Value, _producer.AcknowledgedOffset(_transactionsTopic, start.Key) + 1),
        }),
    ];

    /// <summary>
    /// The transactions of a chain that lie on the topic from these offsets on and were not retracted since, in the order in which they were
    /// sent; each once.
    /// </summary>
    internal async Task<IReadOnlyList<ChainTransaction>> ReadBackAsync(
        long chainId, IReadOnlyList<TopicOffset> from, Func<ChainTransaction, bool> wanted, CancellationToken cancellationToken)
    {
        var standing = new OrderedDictionary<(string Hash, string? BlockHash), ChainTransaction>();
        await NewestRecords.ReadAsync(
            _kafka,
            Topics.ChainTransactions.Name,
            from.ToDictionary(offset => offset.Partition, offset => offset.Offset),
            record =>
            {
                // What others wrote there and cannot be read is the topology's to set aside.
                if (!record.IsValueNull && TryRead(record.Value, out ChainTransaction? transaction) && transaction.ChainId == chainId && wanted(transaction))
                {
                    var id = (transaction.Hash, transaction.BlockHash);
                    standing.Remove(id);
                    if (!transaction.Removed)
                    {
                        standing.Add(id, transaction);
                    }
                }
            },
            _onWarning,
            cancellationToken).ConfigureAwait(false);
        return [.. standing.Values];
    }

    private static async Task<Dictionary<string, AddressLabel>> ReadLabelsAsync(
        KafkaOptions kafka, SchemaRegistryClient registry, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, AddressLabel>();
        var deserializer = new ConfluentAvroDeserializer<AddressLabel>(registry);
        await NewestRecords.ReadAsync(
            kafka,
            Topics.AddressLabels.Name,
            from: null,
            record =>
            {
                string key = Encoding.UTF8.GetString(record.Key);
                if (record.IsValueNull)
                {
                    labels.Remove(key);
                }
                else
                {
                    labels[key] = deserializer.Deserialize(record.Value);
                }
            },
            onWarning,
            cancellationToken).ConfigureAwait(false);
        return labels;
    }

    private void Publish(AddressLabel label, CancellationToken cancellationToken)
    {
        if (_labels is null)
        {
            throw new InvalidOperationException("This publisher was made without labels.");
        }

        string key = ChainKey.Of(label.ChainId, label.Address);
        if (AddressLabelSet.Merge(_labels.GetValueOrDefault(key), label) is not { } merged)
        {
            return;
        }

        Labels++;
        _labels[key] = merged;
        Serialize(_serializers.Labels, merged);
        Send(_producer.Topic(Topics.AddressLabels.Name), Encode(key), merged.CollectedAt, Headers(), cancellationToken);
    }

    private bool TryRead(ReadOnlySpan<byte> value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ChainTransaction? transaction)
    {
        try
        {
            transaction = _serializers.TransactionReader.Deserialize(value);
            return true;
        }
        catch (AvroException e) when (e is not SchemaRegistryException)
        {
            transaction = null;
            return false;
        }
    }

    private void Serialize<T>(ConfluentAvroSerializer<T> serializer, T value)
        where T : IAvroRecord<T>
    {
        _value.ResetWrittenCount();
        serializer.Serialize(value, _value);
        if (_value.WrittenCount > LargestValue)
        {
            // Names and hashes are bounded, payloads of dead letters are cut: only a program's mistake comes here.
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A record of {_value.WrittenCount} bytes is beyond {LargestValue}."));
        }
    }

    private void Send(
        TopicHandle topic,
        ReadOnlySpan<byte> key,
        DateTimeOffset timestamp,
        RecordHeader[] headers,
        CancellationToken cancellationToken,
        int partition = BatchProducer.AnyPartition) =>
        _producer.Produce(topic, partition, key, _value.WrittenSpan, timestamp.ToUnixTimeMilliseconds(), headers, cancellationToken);

    /// <summary>
    /// All transactions of a chain lie in one partition, in the order in which they were collected: what is remembered of sender, of receiver and of both
    /// is needed together, so one task has to have it all.
    /// </summary>
    private int PartitionOf(long chainId)
    {
        Span<byte> text = stackalloc byte[20];
        chainId.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        return Murmur2.Partition(text[..length], _startOffsets.Count);
    }

    /// <summary><see cref="ChainKey"/> without a string.</summary>
    private ReadOnlySpan<byte> Key(long chainId, string address)
    {
        chainId.TryFormat(_key, out int length, provider: CultureInfo.InvariantCulture);
        _key[length++] = (byte)'/';
        return _key.AsSpan(0, length + Encoding.UTF8.GetBytes(address, _key.AsSpan(length)));
    }

    private static byte[] Encode(string key) => Encoding.UTF8.GetBytes(key);

    private RecordHeader[] Headers()
    {
        Activity? activity = Activity.Current;
        if (!ReferenceEquals(activity, _headersActivity))
        {
            _headersActivity = activity;
            _headers = activity?.Id is { } trace ? [_source, RecordHeader.Of(DeadLetterHeaders.TraceParent, trace)] : [_source];
        }

        return _headers;
    }
}
