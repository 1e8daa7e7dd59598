namespace AuditIntel.Streaming.State;

/// <summary>The value of a waiting record of either side.</summary>
internal readonly record struct PendingValue<TLeft, TRight>(bool IsLeft, TLeft? Left, TRight? Right);
