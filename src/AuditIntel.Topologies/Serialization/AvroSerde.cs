using System.Buffers;
using AuditIntel.Avro;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Serialization;

/// <summary>Records in the Confluent wire format as a serde; made for one topic, whose subject the schema is registered under.</summary>
public sealed class AvroSerde<T> : ISerde<T>
    where T : IAvroRecord<T>
{
    private readonly ConfluentAvroSerializer<T> _serializer;
    private readonly ConfluentAvroDeserializer<T> _deserializer;

    private AvroSerde(ConfluentAvroSerializer<T> serializer, ConfluentAvroDeserializer<T> deserializer)
    {
        _serializer = serializer;
        _deserializer = deserializer;
    }

    /// <summary>Registers the schema, so that later nothing has to wait for the registry.</summary>
    /// <exception cref="SchemaRegistryException">The registry refuses the schema or does not answer.</exception>
    public static async Task<AvroSerde<T>> CreateAsync(SchemaRegistryClient registry, string subject, CancellationToken cancellationToken) => new(
        await ConfluentAvroSerializer<T>.CreateAsync(registry, subject, cancellationToken).ConfigureAwait(false), new ConfluentAvroDeserializer<T>(registry));

    public void Serialize(string topic, T value, IBufferWriter<byte> output) => _serializer.Serialize(value, output);

    public T Deserialize(string topic, ReadOnlySpan<byte> data) => _deserializer.Deserialize(data);
}
