namespace AuditIntel.Streaming.Runtime.Checkpoints;

/// <summary>Takes one record of a checkpoint.</summary>
internal delegate void CheckpointReader(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs);
