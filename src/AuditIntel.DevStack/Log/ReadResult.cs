using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Log;

/// <summary>What a read of a partition found. The receiver disposes the slice.</summary>
internal readonly record struct ReadResult(
    ErrorCode Error, long StartOffset, long LastStableOffset, long HighWatermark, FileSlice? Slice, List<AbortedTransaction>? Aborted);
