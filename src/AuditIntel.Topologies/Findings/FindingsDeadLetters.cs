using System.Buffers;
using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Findings;

/// <summary>The error handler of the findings topology: every record that fails is set aside with its reason and its original bytes.</summary>
public sealed class FindingsDeadLetters(FindingsSerdes serdes)
{
    /// <summary>For <see cref="StreamsOptions.OnError"/>.</summary>
    public ErrorResponse Handle(ErrorContext error)
    {
        if (error.Exception is SchemaRegistryException)
        {
            // The registry does not answer: nothing is wrong with the record, and all others would follow it.
            return ErrorResponse.Fail;
        }

        string place = string.Create(CultureInfo.InvariantCulture, $"{error.Topic}/{error.Partition}/{error.Offset}");
        (string errorClass, string reason) = Reason(error.Exception);
        RawFinding? finding = error.Stage == ErrorStage.Process ? ReadAgain(error) : null;
        string stage = error.Stage == ErrorStage.Deserialize ? "deserialize" : error.Exception is InvalidFindingException ? "validate" : "process";

        // A finding that is read again carries a new time in its bytes and lies at a new offset: its names tell it apart, not its place.
        string origin = finding is null ? place : $"{finding.Platform}/{finding.Contest}/{finding.NativeId}";
        string message = $"The record at {place} was set aside: {reason}";
        var letter = new DeadLetter
        {
            Id = DeadLetterId.Of(origin, errorClass, finding is null ? error.Value : []),
            Stage = stage,
            ErrorClass = errorClass,
            ErrorMessage = message,
            Platform = finding?.Platform,
            SourcePath = finding?.SourcePath,
            OriginTopic = error.Topic,
            OriginPartition = error.Partition,
            OriginOffset = error.Offset,
            Key = error.Key,
            Payload = error.Value,
            PayloadLength = error.Value?.Length ?? 0,
            FailedAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, error.TimestampMs)),
        };

        var output = new ArrayBufferWriter<byte>();
        serdes.DeadLetter.Serialize(Topics.RawFindingsDeadLetters.Name, letter, output);
        return ErrorResponse.DeadLetter(Topics.RawFindingsDeadLetters.Name, error.Key, output.WrittenSpan.ToArray(), Headers(error, letter));
    }

    private static (string ErrorClass, string Reason) Reason(Exception exception) => exception switch
    {
        InvalidFindingException invalid => (invalid.ErrorClass, invalid.Message),
        UnknownSchemaException => ("unknown-schema", exception.Message),
        WireFormatException => ("bad-wire-format", exception.Message),
        AvroException => ("corrupt-avro", exception.Message),
        _ => ("processing-failed", $"{exception.GetType().Name}: {exception.Message}"),
    };

    private RawFinding? ReadAgain(ErrorContext error) =>
        error.Topic == Topics.RawFindings.Name && error.Value is not null ? serdes.Raw.Deserialize(error.Topic, error.Value) : null;

    private static List<RecordHeader> Headers(ErrorContext error, DeadLetter letter) =>
    [
        .. error.Headers,
        RecordHeader.Of(DeadLetterHeaders.ErrorClass, letter.ErrorClass),
        RecordHeader.Of(DeadLetterHeaders.ErrorMessage, letter.ErrorMessage),
        RecordHeader.Of(DeadLetterHeaders.ErrorStage, letter.Stage),
        RecordHeader.Of(DeadLetterHeaders.OriginTopic, error.Topic),
        RecordHeader.Of(DeadLetterHeaders.OriginPartition, error.Partition.ToString(CultureInfo.InvariantCulture)),
        RecordHeader.Of(DeadLetterHeaders.OriginOffset, error.Offset.ToString(CultureInfo.InvariantCulture)),
    ];
}
