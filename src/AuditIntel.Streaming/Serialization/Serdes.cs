using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AuditIntel.Streaming;

/// <summary>Serdes of ordinary types, byte for byte those of Kafka's own serializers.</summary>
public static class Serdes
{
    public static ISerde<string> Utf8 { get; } = new Utf8Serde();

    /// <summary>Eight bytes, big end first.</summary>
    public static ISerde<long> Int64 { get; } = new FixedSerde<long>(sizeof(long), BinaryPrimitives.WriteInt64BigEndian, BinaryPrimitives.ReadInt64BigEndian);

    /// <summary>Four bytes, big end first.</summary>
    public static ISerde<int> Int32 { get; } = new FixedSerde<int>(sizeof(int), BinaryPrimitives.WriteInt32BigEndian, BinaryPrimitives.ReadInt32BigEndian);

    /// <summary>IEEE 754, eight bytes, big end first.</summary>
    public static ISerde<double> Double { get; } = new FixedSerde<double>(sizeof(double), BinaryPrimitives.WriteDoubleBigEndian, BinaryPrimitives.ReadDoubleBigEndian);

    /// <summary>One byte: 1 or 0.</summary>
    public static ISerde<bool> Boolean { get; } = new FixedSerde<bool>(1, (span, value) => span[0] = value ? (byte)1 : (byte)0, span => span[0] != 0);

    /// <summary>The text form of a UUID, as Kafka's UUIDSerializer.</summary>
    public static ISerde<Guid> Uuid { get; } = new UuidSerde();

    public static ISerde<byte[]> Bytes { get; } = new BytesSerde();

    /// <summary>A number or other value type that may be missing.</summary>
    public static ISerde<T?> Nullable<T>(ISerde<T> serde)
        where T : struct => new NullableSerde<T>(serde);

    /// <summary>A key in a window of fixed size: the key, then the window's start in eight bytes, as Kafka's TimeWindowedSerializer.</summary>
    public static ISerde<Windowed<TKey>> TimeWindowed<TKey>(ISerde<TKey> key, TimeSpan windowSize)
        where TKey : notnull => new TimeWindowedSerde<TKey>(key, (long)windowSize.TotalMilliseconds);

    /// <summary>A key in a session: the key, then end and start in eight bytes each, as Kafka's SessionWindowedSerializer.</summary>
    public static ISerde<Windowed<TKey>> SessionWindowed<TKey>(ISerde<TKey> key)
        where TKey : notnull => new SessionWindowedSerde<TKey>(key);

    /// <summary>The serde of an ordinary type, for operators that were given none.</summary>
    internal static ISerde<T>? Of<T>()
    {
        object? serde = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.String => Utf8,
            TypeCode.Int64 => Int64,
            TypeCode.Int32 => Int32,
            TypeCode.Double => Double,
            TypeCode.Boolean => Boolean,
            _ when typeof(T) == typeof(byte[]) => Bytes,
            _ when typeof(T) == typeof(Guid) => Uuid,
            _ => null,
        };
        return (ISerde<T>?)serde;
    }

    /// <exception cref="StreamsException">There is no serde.</exception>
    internal static ISerde<T> Require<T>(ISerde<T>? serde, string what, string node) => serde ?? Of<T>() ?? throw new StreamsException(
        $"'{node}' has no serde for its {what} of type {typeof(T).Name}: give one in Grouped, Materialized, Joined, StreamJoined or Repartitioned.");

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

    private sealed class UuidSerde : ISerde<Guid>
    {
        public void Serialize(string topic, Guid value, IBufferWriter<byte> output)
        {
            value.TryFormat(output.GetSpan(36), out int written);
            output.Advance(written);
        }

        public Guid Deserialize(string topic, ReadOnlySpan<byte> data) => Guid.Parse(data);
    }

    private sealed class BytesSerde : ISerde<byte[]>
    {
        public void Serialize(string topic, byte[] value, IBufferWriter<byte> output) => output.Write(value);

        public byte[] Deserialize(string topic, ReadOnlySpan<byte> data) => data.ToArray();
    }

    private sealed class NullableSerde<T>(ISerde<T> serde) : ISerde<T?>
        where T : struct
    {
        public void Serialize(string topic, T? value, IBufferWriter<byte> output) => serde.Serialize(topic, value!.Value, output);

        public T? Deserialize(string topic, ReadOnlySpan<byte> data) => serde.Deserialize(topic, data);
    }
}
