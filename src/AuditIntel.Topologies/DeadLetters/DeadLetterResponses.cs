using System.Buffers;
using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.DeadLetters;

/// <summary>What all topologies answer to a record that failed: a dead letter with reason, origin and original bytes.</summary>
internal sealed class DeadLetterResponses(ISerde<DeadLetter> serde, string topic)
{
    /// <summary>Error class and reason of what any topology may meet.</summary>
    public static (string ErrorClass, string Reason) Describe(Exception exception) => exception switch
    {
        UnknownSchemaException => ("unknown-schema", exception.Message),
        WireFormatException => ("bad-wire-format", exception.Message),
        AvroException => ("corrupt-avro", exception.Message),
        _ => ("processing-failed", $"{exception.GetType().Name}: {exception.Message}"),
    };

    /// <summary>Whether nothing is wrong with the record, and all others would follow it: the Schema Registry does not answer.</summary>
    public static bool ConcernsAll(Exception exception) => exception is SchemaRegistryException;

    public ErrorResponse Answer(RefusedRecord refused)
    {
        ErrorContext error = refused.Error;
        string place = string.Create(CultureInfo.InvariantCulture, $"{error.Topic}/{error.Partition}/{error.Offset}");
        var letter = new DeadLetter
        {
            Id = DeadLetterId.Of(refused.Identity ?? place, refused.ErrorClass, refused.Identity is null ? error.Value : []),
            Stage = refused.Stage,
            ErrorClass = refused.ErrorClass,
            ErrorMessage = $"The record at {place} was set aside: {refused.Reason}",
            Platform = refused.Platform,
            SourcePath = refused.SourcePath,
            OriginTopic = error.Topic,
            OriginPartition = error.Partition,
            OriginOffset = error.Offset,
            Key = error.Key,
            Payload = error.Value,
            PayloadLength = error.Value?.Length ?? 0,
            FailedAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, error.TimestampMs)),
        };

        var output = new ArrayBufferWriter<byte>();
        serde.Serialize(topic, letter, output);
        return ErrorResponse.DeadLetter(topic, error.Key, output.WrittenSpan.ToArray(), Headers(error, letter));
    }

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
