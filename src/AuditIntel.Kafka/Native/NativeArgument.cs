using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>rd_kafka_vu_t of rdkafka.h: one tagged argument of rd_kafka_produceva. The union is 64 bytes wide.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct NativeArgument
{
    [FieldOffset(0)]
    public NativeArgumentType Type;

    [FieldOffset(8)]
    public int Int32;

    [FieldOffset(8)]
    public long Int64;

    [FieldOffset(8)]
    public nint Pointer;

    [FieldOffset(16)]
    public nuint Size;

    /// <summary>A header's value; its name is <see cref="Pointer"/>.</summary>
    [FieldOffset(16)]
    public byte* HeaderValue;

    /// <summary>A header's length; -1 for a null value.</summary>
    [FieldOffset(24)]
    public nint HeaderSize;
}
