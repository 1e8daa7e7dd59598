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

    /// <summary>Ids remembered as refused; damaged values may carry any of four billion.</summary>
    private const int MostRefused = 1024;

    /// <summary>A larger buffer is not kept for the next value.</summary>
    private const int LargestKeptBuffer = 1 << 20;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<int, SchemaResolver?> _resolvers = new();
    private readonly ConcurrentDictionary<int, (long AskedAt, string Reason, bool Unknown)> _refused = new();

    /// <summary>One buffer that whoever comes first takes and gives back.</summary>
    private ArrayBufferWriter<byte>? _spare;

    /// <summary>Positions in errors count from the start of <paramref name="data"/>.</summary>
    /// <exception cref="WireFormatException">The value is not framed.</exception>
    /// <exception cref="UnknownSchemaException">The registry knows no schema of the value's id.</exception>
    /// <exception cref="SchemaRegistryException">The registry does not answer.</exception>
    /// <exception cref="AvroDataException">The bytes are no value of the writer's schema, or one that the reader's cannot take.</exception>
    /// <exception cref="AvroException">The schemas do not resolve.</exception>
    public T Deserialize(ReadOnlySpan<byte> data)
    {
        int id = ConfluentWireFormat.ReadSchemaId(data);
        if (!_resolvers.TryGetValue(id, out SchemaResolver? resolver))
        {
            resolver = Resolver(id);
        }

        var reader = new AvroReader(data, ConfluentWireFormat.HeaderSize);
        if (resolver is not null)
        {
            return Resolve(resolver, ref reader);
        }

        T direct = T.Read(ref reader);
        reader.ExpectEnd();
        return direct;
    }

    private T Resolve(SchemaResolver resolver, ref AvroReader reader)
    {
        ArrayBufferWriter<byte> buffer = Interlocked.Exchange(ref _spare, null) ?? new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(buffer);
        resolver.Resolve(ref reader, ref writer);
        reader.ExpectEnd();
        var resolved = new AvroReader(buffer.WrittenSpan);
        T record = T.Read(ref resolved);
        if (buffer.Capacity <= LargestKeptBuffer)
        {
            buffer.ResetWrittenCount();
            Interlocked.Exchange(ref _spare, buffer);
        }

        return record;
    }

    /// <summary>Null when the writer's schema reads as it is.</summary>
    private SchemaResolver? Resolver(int id)
    {
        if (_refused.TryGetValue(id, out (long AskedAt, string Reason, bool Unknown) refused) && _clock.GetElapsedTime(refused.AskedAt) < RetryUnknownAfter)
        {
            throw refused.Unknown ? new UnknownSchemaException(id, registry.Address) : new AvroException(refused.Reason);
        }

        try
        {
            AvroSchema writer = registry.GetById(id);
            SchemaResolver? resolver = SchemaResolver.IsIdentity(writer, T.AvroSchema) ? null : SchemaResolver.Compile(writer, T.AvroSchema);
            _resolvers[id] = resolver;
            return resolver;
        }
        catch (AvroException e) when (e is not SchemaRegistryException)
        {
            // When the registry did not answer, the next record asks again.
            if (_refused.Count >= MostRefused)
            {
                _refused.Clear();
            }

            _refused[id] = (_clock.GetTimestamp(), e.Message, e is UnknownSchemaException);
            throw;
        }
    }
}
