using System.Buffers;
using System.Collections.Concurrent;

namespace AuditIntel.Avro;

/// <summary>
/// Reads records in the Confluent wire format, whatever compatible schema wrote them. A schema id is looked up once; an id that the
/// registry does not know is asked for again after <see cref="RetryUnknownAfter"/>, so that poison costs no request a record. Safe for
/// concurrent use.
/// </summary>
public sealed class ConfluentAvroDeserializer<T>(SchemaRegistryClient registry, TimeProvider? clock = null)
    where T : IAvroRecord<T>
{
    /// <summary>How long an unknown id stays unknown without asking again.</summary>
    public static readonly TimeSpan RetryUnknownAfter = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<int, SchemaResolver?> _resolvers = new();
    private readonly ConcurrentDictionary<int, (long AskedAt, AvroException Error)> _refused = new();

    /// <exception cref="WireFormatException">The value is not framed.</exception>
    /// <exception cref="UnknownSchemaException">The registry knows no schema of the value's id.</exception>
    /// <exception cref="AvroException">The schemas do not resolve, or the bytes are no value of the writer's schema.</exception>
    public T Deserialize(ReadOnlySpan<byte> data)
    {
        int id = ConfluentWireFormat.ReadSchemaId(data);
        if (!_resolvers.TryGetValue(id, out SchemaResolver? resolver))
        {
            resolver = Resolver(id);
        }

        var reader = new AvroReader(data[ConfluentWireFormat.HeaderSize..]);
        if (resolver is null)
        {
            T direct = T.Read(ref reader);
            reader.ExpectEnd();
            return direct;
        }

        var buffer = new ArrayBufferWriter<byte>(data.Length);
        var writer = new AvroWriter(buffer);
        resolver.Resolve(ref reader, ref writer);
        reader.ExpectEnd();
        var resolved = new AvroReader(buffer.WrittenSpan);
        return T.Read(ref resolved);
    }

    /// <summary>Null when the writer's schema reads as it is.</summary>
    private SchemaResolver? Resolver(int id)
    {
        if (_refused.TryGetValue(id, out (long AskedAt, AvroException Error) refused) && _clock.GetElapsedTime(refused.AskedAt) < RetryUnknownAfter)
        {
            throw refused.Error;
        }

        try
        {
            AvroSchema writer = registry.GetById(id);
            SchemaResolver? resolver = CanonicalForm.Of(writer) == CanonicalForm.Of(T.AvroSchema) ? null : SchemaResolver.Compile(writer, T.AvroSchema);
            _resolvers[id] = resolver;
            return resolver;
        }
        catch (SchemaRegistryException)
        {
            // The registry did not answer: the next record asks again.
            throw;
        }
        catch (AvroException e)
        {
            _refused[id] = (_clock.GetTimestamp(), e);
            throw;
        }
    }
}
