using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Streaming.State;

/// <summary>Sixteen bytes, big end first.</summary>
internal sealed class FingerprintSerde : ISerde<UInt128>
{
    public const int Length = 16;

    public static FingerprintSerde Instance { get; } = new();

    public void Serialize(string topic, UInt128 value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt128BigEndian(output.GetSpan(Length), value);
        output.Advance(Length);
    }

    public UInt128 Deserialize(string topic, ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt128BigEndian(data);
}
