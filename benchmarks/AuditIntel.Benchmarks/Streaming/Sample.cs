using System.Runtime.InteropServices;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>A record of 200 bytes without references, so that what is measured is the runtime and not the making of objects.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct Sample
{
    public const int Size = 200;

    public long Revision;
}
