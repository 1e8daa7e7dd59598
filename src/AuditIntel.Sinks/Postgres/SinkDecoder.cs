using AuditIntel.Avro;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Turns the bytes on a sink's topics into what becomes a row; what cannot become one becomes a dead letter.</summary>
internal sealed class SinkDecoder(ISinkContent content, SinkCounters counters, TimeProvider clock)
{
    /// <exception cref="SchemaRegistryException">The registry cannot be reached: not the record's fault.</exception>
    public object Decode(string topic, int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload, bool isTombstone)
    {
        try
        {
            if (isTombstone)
            {
                return content.DecodeTombstone(topic, key, out var why) ?? Poison(topic, partition, offset, key, [], "null-value", $"The record has {why}.");
            }

            var value = content.Decode(topic, payload);
            return (value is DeadLetter letter ? DeadLetterRows.Fault(letter) : content.Fault(value)) is { } fault
                ? Poison(topic, partition, offset, key, payload, "invalid-record", fault)
                : content.Keep(value);
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

    private DeadLetter Poison(
        string topic, int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload, string errorClass, string why)
    {
        counters.PoisonRecord();
        var message = $"The record at {topic}-{partition} offset {offset} cannot be stored: {why} Correct its producer and send it again.";
        return SinkDeadLetter.Of(topic, partition, offset, key, payload, errorClass, message, clock.GetUtcNow());
    }
}
