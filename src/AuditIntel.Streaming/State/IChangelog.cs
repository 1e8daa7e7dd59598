namespace AuditIntel.Streaming.State;

/// <summary>Takes the changes of a store: a changelog topic, or a local checkpoint.</summary>
internal interface IChangelog
{
    /// <summary>One change; the spans are valid during the call only.</summary>
    void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs);
}
