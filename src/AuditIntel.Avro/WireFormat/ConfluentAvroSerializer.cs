using System.Buffers;

namespace AuditIntel.Avro;

/// <summary>Writes records in the Confluent wire format. The schema is registered once, when the serializer is made; safe for concurrent use.</summary>
public sealed class ConfluentAvroSerializer<T>
    where T : IAvroRecord<T>
{
    private readonly int _schemaId;

    private ConfluentAvroSerializer(int schemaId) => _schemaId = schemaId;

    /// <summary>Registers the schema of <typeparamref name="T"/> under a subject (TopicNameStrategy: <c>topic-value</c>).</summary>
    /// <exception cref="SchemaRegistryException">The registry refuses the schema or does not answer.</exception>
    public static async Task<ConfluentAvroSerializer<T>> CreateAsync(
        SchemaRegistryClient registry, string subject, CancellationToken cancellationToken = default) =>
        new(await registry.RegisterAsync(subject, T.AvroSchema, cancellationToken).ConfigureAwait(false));

    public void Serialize(T value, IBufferWriter<byte> output)
    {
        ConfluentWireFormat.WriteHeader(output, _schemaId);
        var writer = new AvroWriter(output);
        value.Write(ref writer);
    }
}
