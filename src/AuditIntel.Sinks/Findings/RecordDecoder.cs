using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Findings;

/// <summary>Turns the bytes on the sink's topics into what becomes a row; what cannot become one becomes a dead letter.</summary>
internal sealed class RecordDecoder(SchemaRegistryClient registry, IReadOnlyList<string> deadLetterTopics, SinkCounters counters, TimeProvider clock)
{
    private readonly ConfluentAvroDeserializer<Contest> _contests = new(registry);
    private readonly ConfluentAvroDeserializer<Finding> _findings = new(registry);
    private readonly ConfluentAvroDeserializer<FindingDuplicate> _duplicates = new(registry);
    private readonly ConfluentAvroDeserializer<DeadLetter> _deadLetters = new(registry);

    /// <summary>The topics that the sink reads.</summary>
    public IReadOnlyList<string> TopicNames { get; } =
        [Topics.Contests.Name, Topics.Findings.Name, Topics.FindingDuplicates.Name, .. deadLetterTopics];

    /// <exception cref="SchemaRegistryException">The registry cannot be reached: not the record's fault.</exception>
    public (SinkRecordKind Kind, object Value) Decode(
        string topic, int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload, bool isTombstone)
    {
        try
        {
            if (isTombstone)
            {
                return DecodeTombstone(topic, partition, offset, key);
            }

            var (kind, value) = DecodePayload(topic, payload);
            return RowRules.Fault(value) is { } fault
                ? Poison(topic, partition, offset, key, payload, "invalid-record", fault)
                : (kind, value);
        }
        catch (UnknownSchemaException e)
        {
            return Poison(topic, partition, offset, key, payload, "unknown-schema", e.Message);
        }
        catch (AvroException e) when (e is not SchemaRegistryException)
        {
            return Poison(topic, partition, offset, key, payload, "corrupt-avro", e.Message);
        }
    }

    private (SinkRecordKind Kind, object Value) DecodePayload(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic == Topics.Findings.Name)
        {
            return (SinkRecordKind.Finding, _findings.Deserialize(payload));
        }

        if (topic == Topics.FindingDuplicates.Name)
        {
            return (SinkRecordKind.Duplicate, _duplicates.Deserialize(payload));
        }

        return topic == Topics.Contests.Name
            ? (SinkRecordKind.Contest, _contests.Deserialize(payload))
            : (SinkRecordKind.DeadLetter, _deadLetters.Deserialize(payload));
    }

    private (SinkRecordKind Kind, object Value) DecodeTombstone(string topic, int partition, long offset, ReadOnlySpan<byte> key)
    {
        if (topic == Topics.Contests.Name && ContestRef.TryParse(Encoding.UTF8.GetString(key)) is { } contest)
        {
            return (SinkRecordKind.ContestTombstone, contest);
        }

        var what = topic == Topics.Contests.Name ? "a key that is not platform/contest" : "no value; only the contests topic has tombstones";
        return Poison(topic, partition, offset, key, [], "null-value", $"The record has {what}.");
    }

    private (SinkRecordKind Kind, object Value) Poison(
        string topic, int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload, string errorClass, string why)
    {
        counters.PoisonRecord();
        var message = $"The record at {topic}-{partition} offset {offset} cannot be stored: {why} Correct its producer and send it again.";
        return (SinkRecordKind.DeadLetter, SinkDeadLetter.Of(topic, partition, offset, key, payload, errorClass, message, clock.GetUtcNow()));
    }
}
