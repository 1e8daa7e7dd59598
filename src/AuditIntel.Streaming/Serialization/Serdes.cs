using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AuditIntel.Streaming;

/// <summary>Serdes of ordinary types, byte for byte those of Kafka's own serializers.</summary>
public static class Serdes
{
    public static ISerde<string> Utf8 { get; } = new Utf8Serde();

    /// <summary>Eight bytes, big end first.</summary>
    public static ISerde<long> Int64 { get; } = new Int64Serde();

    public static ISerde<byte[]> Bytes { get; } = new BytesSerde();

    private sealed class Utf8Serde : ISerde<string>
    {
        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        public void Serialize(string topic, string value, IBufferWriter<byte> output)
        {
            Span<byte> span = output.GetSpan(Strict.GetMaxByteCount(value.Length));
            output.Advance(Encoding.UTF8.GetBytes(value, span));
        }

        public string Deserialize(string topic, ReadOnlySpan<byte> data) => Strict.GetString(data);
    }

    private sealed class Int64Serde : ISerde<long>
    {
        public void Serialize(string topic, long value, IBufferWriter<byte> output)
        {
            BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
            output.Advance(sizeof(long));
        }

        public long Deserialize(string topic, ReadOnlySpan<byte> data) => data.Length == sizeof(long)
            ? BinaryPrimitives.ReadInt64BigEndian(data)
            : throw new FormatException($"A 64-bit number has 8 bytes, not {data.Length}.");
    }

    private sealed class BytesSerde : ISerde<byte[]>
    {
        public void Serialize(string topic, byte[] value, IBufferWriter<byte> output) => output.Write(value);

        public byte[] Deserialize(string topic, ReadOnlySpan<byte> data) => data.ToArray();
    }
}
