using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>For stores whose changes are in a topic already, or are not to be kept.</summary>
internal sealed class NoChangelog : IChangelog
{
    public static NoChangelog Instance { get; } = new();

    public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
    }
}
