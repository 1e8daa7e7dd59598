using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>Writes what could not be delivered to the dead-letter topic; an alert counts as done when the broker has acknowledged that.</summary>
internal sealed class AlertDeadLetters : IAsyncDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(60);

    private readonly BatchProducer _producer;
    private readonly ConfluentAvroSerializer<DeadLetter> _serializer;
    private readonly TimeProvider _clock;
    private readonly Channel<(DeadLetter Letter, TaskCompletionSource Written)> _requests = Channel.CreateUnbounded<(DeadLetter, TaskCompletionSource)>();
    private readonly Task _loop;

    public AlertDeadLetters(KafkaOptions kafka, ConfluentAvroSerializer<DeadLetter> serializer, TimeProvider clock)
    {
        _producer = BatchProducer.Create(kafka);
        (_serializer, _clock) = (serializer, clock);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Ends with an exception when letters cannot be written; until then it runs.</summary>
    public Task Completion => _loop;

    public Task WriteAsync(AlertDelivery delivery, string channel, string errorClass, string why)
    {
        string message = $"Alert {PlainText.Line(delivery.Alert.Id, 80)} of rule '{PlainText.Line(delivery.Alert.RuleId, 80)}' was not delivered to channel '{channel}': {why}.";
        return WriteAsync(delivery.Ledger.Topic, delivery.Ledger.Partition, delivery.Offset, delivery.Key, delivery.Payload, channel, errorClass, message);
    }

    /// <summary>For what is no alert at all: without channel.</summary>
    public Task WriteAsync(string topic, int partition, long offset, byte[] key, byte[] payload, string? channel, string errorClass, string message)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/{offset}");
        int kept = Math.Min(payload.Length, 1024 * 1024);
        var letter = new DeadLetter
        {
            Id = DeadLetterId.Of(channel is null ? place : $"{place}#{channel}", errorClass, payload),
            Stage = "sink",
            ErrorClass = errorClass,
            ErrorMessage = message,
            SourcePath = channel,
            OriginTopic = topic,
            OriginPartition = partition,
            OriginOffset = offset,
            Key = key,
            Payload = kept == payload.Length ? payload : payload[..kept],
            PayloadLength = payload.Length,
            FailedAt = _clock.GetUtcNow(),
        };
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _requests.Writer.TryWrite((letter, written)) ? written.Task : Task.FromException(new InvalidOperationException("No more dead letters are taken."));
    }

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _producer.Dispose();
    }

    private async Task RunAsync()
    {
        var written = new List<TaskCompletionSource>();
        try
        {
            TopicHandle topic = _producer.Topic(Topics.AlertDeadLetters.Name);
            var value = new ArrayBufferWriter<byte>();
            while (await _requests.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_requests.Reader.TryRead(out (DeadLetter Letter, TaskCompletionSource Written) request))
                {
                    value.ResetWrittenCount();
                    _serializer.Serialize(request.Letter, value);
                    written.Add(request.Written);
                    _producer.Produce(topic, BatchProducer.AnyPartition, request.Letter.Key, value.WrittenSpan, headers: Headers(request.Letter));
                }

                _producer.Flush(FlushTimeout);
                written.ForEach(each => each.TrySetResult());
                written.Clear();
            }
        }
        catch (Exception e)
        {
            // Told to everybody who waits; the dispatcher stops by it.
            _requests.Writer.TryComplete();
            while (_requests.Reader.TryRead(out (DeadLetter Letter, TaskCompletionSource Written) request))
            {
                written.Add(request.Written);
            }

            written.ForEach(each => each.TrySetException(e));
            throw;
        }
    }

    private static List<RecordHeader> Headers(DeadLetter letter) =>
    [
        RecordHeader.Of(DeadLetterHeaders.ErrorClass, letter.ErrorClass),
        RecordHeader.Of(DeadLetterHeaders.ErrorMessage, letter.ErrorMessage),
        RecordHeader.Of(DeadLetterHeaders.ErrorStage, letter.Stage),
        RecordHeader.Of(DeadLetterHeaders.OriginTopic, letter.OriginTopic!),
        RecordHeader.Of(DeadLetterHeaders.OriginPartition, letter.OriginPartition!.Value.ToString(CultureInfo.InvariantCulture)),
        RecordHeader.Of(DeadLetterHeaders.OriginOffset, letter.OriginOffset!.Value.ToString(CultureInfo.InvariantCulture)),
    ];
}
