using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.State;

/// <summary>Keeps what a store writes.</summary>
internal sealed class RecordedChangelog : IChangelog
{
    public List<(byte[] Key, bool IsTombstone, byte[] Value, long TimestampMs)> Written { get; } = [];

    public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs) =>
        Written.Add((key.ToArray(), isTombstone, value.ToArray(), timestampMs));

    public void Replay(IStateStore store)
    {
        foreach ((byte[] key, bool isTombstone, byte[] value, long timestampMs) in Written)
        {
            store.Restore(key, isTombstone, value, timestampMs);
        }
    }
}
