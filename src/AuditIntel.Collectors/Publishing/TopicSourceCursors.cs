using System.Buffers;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Collectors.Publishing;

/// <summary>Cursors on the compacted topic <c>auditintel.sources.cursors</c>. Safe for concurrent use.</summary>
public sealed class TopicSourceCursors : ISourceCursors, IDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMinutes(2);

    private readonly KafkaOptions _kafka;
    private readonly BatchProducer _producer;
    private readonly ConfluentAvroSerializer<SourceCursor> _serializer;
    private readonly ConfluentAvroDeserializer<SourceCursor> _deserializer;
    private readonly Action<string>? _onWarning;
    private readonly ArrayBufferWriter<byte> _value = new();
    private readonly SemaphoreSlim _turn = new(1);

    private TopicSourceCursors(
        KafkaOptions kafka, ConfluentAvroSerializer<SourceCursor> serializer, ConfluentAvroDeserializer<SourceCursor> deserializer, Action<string>? onWarning)
    {
        _kafka = kafka;
        _serializer = serializer;
        _deserializer = deserializer;
        _onWarning = onWarning;
        _producer = BatchProducer.Create(kafka, new BatchProducerOptions { Linger = TimeSpan.Zero }, onWarning);
    }

    /// <param name="kafka">The cluster; the topic is there.</param>
    /// <param name="registry">Where the schema is registered.</param>
    /// <param name="onWarning">Hears of passing trouble; may be called from any thread.</param>
    /// <param name="cancellationToken">Ends the registration.</param>
    public static async Task<TopicSourceCursors> CreateAsync(
        KafkaOptions kafka, SchemaRegistryClient registry, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        ConfluentAvroSerializer<SourceCursor> serializer =
            await ConfluentAvroSerializer<SourceCursor>.CreateAsync(registry, Topics.SourceCursors.Subject, cancellationToken).ConfigureAwait(false);
        return new TopicSourceCursors(kafka, serializer, new ConfluentAvroDeserializer<SourceCursor>(registry), onWarning);
    }

    public async Task<SourceCursor?> LoadAsync(string source, CancellationToken cancellationToken) =>
        (await LoadAsync(key => key == source, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(source);

    public Task<IReadOnlyDictionary<string, SourceCursor>> LoadAllAsync(string prefix, CancellationToken cancellationToken) =>
        LoadAsync(key => key.StartsWith(prefix, StringComparison.Ordinal), cancellationToken);

    private async Task<IReadOnlyDictionary<string, SourceCursor>> LoadAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, byte[]>();
        await NewestRecords.ReadAsync(
            _kafka,
            Topics.SourceCursors.Name,
            from: null,
            record =>
            {
                string key = Encoding.UTF8.GetString(record.Key);
                if (!wanted(key))
                {
                    return;
                }

                if (record.IsValueNull)
                {
                    newest.Remove(key);
                }
                else
                {
                    newest[key] = record.Value.ToArray();
                }
            },
            _onWarning,
            cancellationToken).ConfigureAwait(false);
        return newest.ToDictionary(each => each.Key, each => _deserializer.Deserialize(each.Value));
    }

    public async Task SaveAsync(SourceCursor cursor, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _value.ResetWrittenCount();
            _serializer.Serialize(cursor, _value);
            _producer.Produce(
                _producer.Topic(Topics.SourceCursors.Name),
                BatchProducer.AnyPartition,
                Encoding.UTF8.GetBytes(cursor.Source),
                _value.WrittenSpan,
                cursor.UpdatedAt.ToUnixTimeMilliseconds(),
                [RecordHeader.Of(DeadLetterHeaders.Source, cursor.Source)],
                cancellationToken);
            _producer.Flush(FlushTimeout, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _producer.Dispose();
        _turn.Dispose();
    }
}
