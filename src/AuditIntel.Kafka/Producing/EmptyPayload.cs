using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>An address that is not null, for keys and values of no bytes. Lives as long as the process.</summary>
internal static unsafe class EmptyPayload
{
    public static nint Address { get; } = (nint)NativeMemory.Alloc(1);
}
