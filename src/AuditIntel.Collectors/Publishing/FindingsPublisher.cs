using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Collectors.Publishing;

/// <summary>Puts what was collected on its topics, in the Confluent wire format. For one thread at a time.</summary>
public sealed class FindingsPublisher : IDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Room for the record's own overhead below the topic's limit.</summary>
    private const int LargestValue = Topics.MaxRecordBytes - 64 * 1024;

    private static readonly RecordHeader[] EndOfContest = [RecordHeader.Of(FindingHeaders.EndsContest, "")];

    private readonly BatchProducer _producer;
    private readonly ConfluentAvroSerializer<Contest> _contests;
    private readonly ConfluentAvroSerializer<RawFinding> _findings;
    private readonly ConfluentAvroSerializer<DeadLetter> _letters;
    private readonly ArrayBufferWriter<byte> _value = new(16 * 1024);
    private RecordHeader _source;

    private FindingsPublisher(
        BatchProducer producer,
        ConfluentAvroSerializer<Contest> contests,
        ConfluentAvroSerializer<RawFinding> findings,
        ConfluentAvroSerializer<DeadLetter> letters,
        string source)
    {
        _producer = producer;
        _contests = contests;
        _findings = findings;
        _letters = letters;
        _source = RecordHeader.Of(DeadLetterHeaders.Source, source);
    }

    public long Contests { get; private set; }

    public long Findings { get; private set; }

    public long DeadLetters { get; private set; }

    /// <param name="kafka">The cluster; the topics are there.</param>
    /// <param name="registry">Where the schemas are registered.</param>
    /// <param name="source">Who collects, for the header <c>source</c>.</param>
    /// <param name="onWarning">Hears of passing trouble; may be called from any thread.</param>
    /// <param name="cancellationToken">Ends the registration.</param>
    public static async Task<FindingsPublisher> CreateAsync(
        KafkaOptions kafka, SchemaRegistryClient registry, string source, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        ConfluentAvroSerializer<Contest> contests = await ConfluentAvroSerializer<Contest>.CreateAsync(registry, Topics.Contests.Subject, cancellationToken).ConfigureAwait(false);
        ConfluentAvroSerializer<RawFinding> findings = await ConfluentAvroSerializer<RawFinding>.CreateAsync(registry, Topics.RawFindings.Subject, cancellationToken).ConfigureAwait(false);
        ConfluentAvroSerializer<DeadLetter> letters = await ConfluentAvroSerializer<DeadLetter>.CreateAsync(registry, Topics.RawFindingsDeadLetters.Subject, cancellationToken).ConfigureAwait(false);
        return new FindingsPublisher(BatchProducer.Create(kafka, onWarning: onWarning), contests, findings, letters, source);
    }

    /// <summary>Who collects what follows, for the header <c>source</c>.</summary>
    public void CollectFor(string source) => _source = RecordHeader.Of(DeadLetterHeaders.Source, source);

    /// <summary>Sends one piece; waits only while the producer's buffer is full.</summary>
    public void Publish(Collected item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case Collected.OfContest { Contest: var contest }:
                Contests++;
                Send(Topics.Contests, ContestKey.Of(contest.Platform, contest.Id), _contests, contest, contest.CollectedAt, [], cancellationToken);

                // Its findings are joined with it: they must not be there without it when the collector is killed between the two.
                Flush(cancellationToken);
                break;
            case Collected.OfFinding { Finding: var finding, EndsContest: var isLast }:
                Publish(finding, isLast ? EndOfContest : [], cancellationToken);
                break;
            case Collected.OfDeadLetter { Letter: var letter }:
                Publish(letter, cancellationToken);
                break;
        }
    }

    /// <summary>Returns when everything sent is acknowledged.</summary>
    public void Flush(CancellationToken cancellationToken) => _producer.Flush(FlushTimeout, cancellationToken);

    public void Dispose() => _producer.Dispose();

    private void Publish(RawFinding finding, IReadOnlyList<RecordHeader> headers, CancellationToken cancellationToken)
    {
        string key = ContestKey.Of(finding.Platform, finding.Contest);
        if (Send(Topics.RawFindings, key, _findings, finding, finding.CollectedAt, headers, cancellationToken))
        {
            Findings++;
            return;
        }

        byte[] body = Encoding.UTF8.GetBytes(finding.Body);
        Publish(
            Collectors.DeadLetters.Make(
                finding.Platform,
                finding.SourcePath,
                $"{finding.SourcePath}#{finding.NativeId}",
                CollectionError.RecordTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"Finding {finding.NativeId} of {finding.SourcePath} takes more than {LargestValue} bytes; shorten it."),
                body,
                body.Length,
                finding.CollectedAt),
            cancellationToken);
    }

    private void Publish(DeadLetter letter, CancellationToken cancellationToken)
    {
        DeadLetters++;
        RecordHeader[] headers =
        [
            RecordHeader.Of(DeadLetterHeaders.ErrorClass, letter.ErrorClass),
            RecordHeader.Of(DeadLetterHeaders.ErrorMessage, letter.ErrorMessage),
            RecordHeader.Of(DeadLetterHeaders.ErrorStage, letter.Stage),
        ];
        Send(Topics.RawFindingsDeadLetters, letter.SourcePath ?? letter.Id, _letters, letter, letter.FailedAt, headers, cancellationToken);
    }

    private bool Send<T>(
        TopicDefinition topic,
        string key,
        ConfluentAvroSerializer<T> serializer,
        T value,
        DateTimeOffset timestamp,
        IReadOnlyList<RecordHeader> headers,
        CancellationToken cancellationToken)
        where T : IAvroRecord<T>
    {
        _value.ResetWrittenCount();
        serializer.Serialize(value, _value);
        if (_value.WrittenCount > LargestValue)
        {
            return false;
        }

        List<RecordHeader> all = [_source, .. headers];
        if (Activity.Current?.Id is { } trace)
        {
            all.Add(RecordHeader.Of(DeadLetterHeaders.TraceParent, trace));
        }

        _producer.Produce(
            _producer.Topic(topic.Name),
            BatchProducer.AnyPartition,
            Encoding.UTF8.GetBytes(key),
            _value.WrittenSpan,
            timestamp.ToUnixTimeMilliseconds(),
            all,
            cancellationToken);
        return true;
    }
}
