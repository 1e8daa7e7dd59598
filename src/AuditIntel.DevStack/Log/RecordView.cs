namespace AuditIntel.DevStack.Log;

/// <summary>One record inside a batch; spans point into the batch.</summary>
internal ref struct RecordView
{
    public int OffsetDelta { get; init; }

    public long TimestampDelta { get; init; }

    public ReadOnlySpan<byte> Key { get; init; }

    public ReadOnlySpan<byte> Value { get; init; }

    public bool IsKeyNull { get; init; }

    public bool IsValueNull { get; init; }

    /// <value>Where the record with its length begins in the batch body.</value>
    public int Start { get; init; }

    public int End { get; init; }
}
