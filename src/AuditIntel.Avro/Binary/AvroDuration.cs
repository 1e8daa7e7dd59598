using System.Buffers.Binary;
using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>The logical type duration: three numbers that do not convert into each other.</summary>
/// <param name="Months">Calendar months.</param>
/// <param name="Days">Calendar days.</param>
/// <param name="Milliseconds">Milliseconds.</param>
public readonly record struct AvroDuration(uint Months, uint Days, uint Milliseconds)
{
    /// <summary>Bytes of its fixed.</summary>
    public const int Size = 12;

    /// <summary>ISO 8601: P1M2DT3.004S.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"P{Months}M{Days}DT{Milliseconds / 1000}.{Milliseconds % 1000:000}S");

    internal static AvroDuration Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Months);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Days);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Milliseconds);
    }
}
