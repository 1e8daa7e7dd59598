using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Avro;

/// <summary>
/// The frame that Confluent's serializers put around a value: a zero byte, the schema id as four bytes with the big end first, the Avro
/// encoding ("Wire format" in the Schema Registry documentation).
/// </summary>
public static class ConfluentWireFormat
{
    /// <summary>Bytes before the value.</summary>
    public const int HeaderSize = 5;

    private const byte Magic = 0;

    public static void WriteHeader(IBufferWriter<byte> output, int schemaId)
    {
        Span<byte> span = output.GetSpan(HeaderSize);
        span[0] = Magic;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], schemaId);
        output.Advance(HeaderSize);
    }

    /// <exception cref="WireFormatException">The bytes do not begin with a frame.</exception>
    public static int ReadSchemaId(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderSize)
        {
            throw new WireFormatException($"A value of {data.Length} bytes is too short for the Confluent wire format, which begins with {HeaderSize}.");
        }

        return data[0] == Magic
            ? BinaryPrimitives.ReadInt32BigEndian(data[1..])
            : throw new WireFormatException($"The value begins with byte 0x{data[0]:x2} and not with 0x00: it is not in the Confluent wire format.");
    }
}
